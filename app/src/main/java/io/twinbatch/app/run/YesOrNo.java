package io.twinbatch.app.run;

import io.twinbatch.app.report.ErrorStream;
import io.twinbatch.app.report.HumanFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks questions that are answered with yes or no. */
public final class YesOrNo {
    private final ErrorStream stream;
    private final BufferedReader input;
    private final Optional<Duration> answerTime;
    private boolean unanswered;

    /** Asks on a stream, and waits for the answer on an input without a limit. */
    public YesOrNo(ErrorStream stream, BufferedReader input) {
        this(stream, input, Optional.empty());
    }

    /** Asks on a stream, and waits for the answer on an input for a time; later questions are then not asked. */
    public YesOrNo(ErrorStream stream, BufferedReader input, Duration answerTime) {
        this(stream, input, Optional.of(answerTime));
    }

    private YesOrNo(ErrorStream stream, BufferedReader input, Optional<Duration> answerTime) {
        this.stream = stream;
        this.input = input;
        this.answerTime = answerTime;
    }

    /**
     * Asks until the answer is one of the two.
     *
     * @param otherwise the meaning of an empty answer, the end of the input, an interruption, and no answer in time
     */
    public boolean ask(String question, boolean otherwise) {
        // After an interruption nobody is going to answer.
        while (!unanswered && !Thread.currentThread().isInterrupted()) {
            stream.question(question + (otherwise ? " [Y/n]" : " [y/N]"));
            Optional<String> answer = readLine(otherwise);
            answer.ifPresent(line -> stream.answered());
            String word = answer.orElse("").strip().toLowerCase(Locale.ROOT);
            if (word.isEmpty()) {
                return otherwise;
            }
            if (word.equals("y") || word.equals("yes")) {
                return true;
            }
            if (word.equals("n") || word.equals("no")) {
                return false;
            }
            stream.line("Please answer y or n.");
        }
        return otherwise;
    }

    /** Reads on a thread of its own, since a read of the terminal cannot be interrupted. */
    private Optional<String> readLine(boolean otherwise) {
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> line.complete(blockingReadLine()), "answer");
        reader.setDaemon(true);
        reader.start();
        try {
            return answerTime.isEmpty() ? line.get() : line.get(answerTime.get().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            unanswered = true;
            stream.line("No answer within " + HumanFormat.duration(answerTime.orElseThrow()) + ": "
                    + (otherwise ? "yes." : "no."));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("reading an answer fails only by interruption", e);
        }
    }

    private Optional<String> blockingReadLine() {
        try {
            return Optional.ofNullable(input.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
