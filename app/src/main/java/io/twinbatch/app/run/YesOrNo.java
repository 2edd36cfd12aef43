package io.twinbatch.app.run;

import io.twinbatch.app.report.ErrorStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Asks questions that are answered with yes or no. */
public final class YesOrNo {
    private final ErrorStream stream;
    private final BufferedReader input;

    /** Asks on a stream, and reads the answers from an input. */
    public YesOrNo(ErrorStream stream, BufferedReader input) {
        this.stream = stream;
        this.input = input;
    }

    /**
     * Asks until the answer is one of the two.
     *
     * @param otherwise what an empty answer, the end of the input and an interruption mean
     */
    public boolean ask(String question, boolean otherwise) {
        // After an interruption nobody is going to answer.
        while (!Thread.currentThread().isInterrupted()) {
            stream.question(question + (otherwise ? " [Y/n]" : " [y/N]"));
            Optional<String> answer = readLine();
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
    private Optional<String> readLine() {
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> line.complete(blockingReadLine()), "answer");
        reader.setDaemon(true);
        reader.start();
        try {
            return line.get();
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
