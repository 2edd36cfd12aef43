package io.twinbatch.app.run;

import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.ErrorStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The reaction to Ctrl-C and SIGTERM. The first signal cancels the run, which then downloads the results of finished
 * tasks and deletes what it created. The second signal ends the process at once; so does a minute without progress.
 */
public final class Interruption {
    /** The announcement for a run. */
    public static final String OF_A_RUN =
            "stopping; finished results are kept, everything else of this run is deleted; Ctrl-C again ends at once";

    private final ErrorStream stream;
    private final ProcessEnd processEnd;
    private Runnable cancel = () -> {};
    private String words = OF_A_RUN;
    private String advice = "resources of this run may remain";
    private ExitCode received;
    private boolean finished;
    private Duration patience = Duration.ofSeconds(60);
    private long lastProgress = System.nanoTime();

    /** Ends the process without further ado; replaced in tests. */
    @FunctionalInterface
    public interface ProcessEnd {
        /** Ends the process with this status. */
        void now(int status);
    }

    /** Says on a stream what is happening. */
    public Interruption(ErrorStream stream, ProcessEnd processEnd) {
        this.stream = stream;
        this.processEnd = processEnd;
    }

    /** Takes over the signals of the process. */
    public void install() {
        Signals.handle("INT", () -> signal(ExitCode.INTERRUPTED));
        Signals.handle("TERM", () -> signal(ExitCode.TERMINATED));
        Signals.handle("HUP", () -> signal(ExitCode.TERMINATED));
    }

    /** What cancels the present work; called at once when a signal has come already. */
    public void onSignal(Runnable action) {
        synchronized (this) {
            cancel = action;
            if (received == null) {
                return;
            }
        }
        action.run();
    }

    /**
     * A signal cancels the present work of this thread; where there is nothing to cancel, it interrupts the thread.
     *
     * @param cancellation cancels the work, and returns false when there was nothing to cancel. A second interruption
     *     would end the collection of what is done
     */
    public void cancels(BooleanSupplier cancellation) {
        Thread thread = Thread.currentThread();
        onSignal(() -> {
            if (!cancellation.getAsBoolean()) {
                thread.interrupt();
            }
        });
    }

    /** What is said when a signal comes; otherwise it is about a run. */
    public synchronized void announce(String announcement) {
        words = announcement;
    }

    private synchronized String announcement() {
        return words;
    }

    /** What is said when the end is not waited for: what may be left, and how to remove it. */
    public synchronized void onAbandon(String newAdvice) {
        advice = newAdvice;
    }

    private synchronized String advice() {
        return advice;
    }

    /** How long the work may make no progress after a signal before the process is ended. */
    public synchronized void patience(Duration time) {
        patience = time;
    }

    /** Which signal has come, if any. */
    public synchronized Optional<ExitCode> received() {
        return Optional.ofNullable(received);
    }

    /** The work has ended; the watch over the time that the end takes is over. */
    public synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** The work makes progress; the time until the process is ended begins again. */
    public synchronized void progressed() {
        lastProgress = System.nanoTime();
    }

    /** A signal has come. */
    public void signal(ExitCode code) {
        Runnable action;
        synchronized (this) {
            if (received != null) {
                stream.end();
                stream.error("twinbatch: ended at once; " + advice);
                processEnd.now(code.status());
                return;
            }
            received = code;
            action = cancel;
            lastProgress = System.nanoTime();
        }
        stream.endProgress();
        stream.error("twinbatch: " + announcement());
        Thread watch = new Thread(this::endWhenTooSlow, "end");
        watch.setDaemon(true);
        watch.start();
        action.run();
    }

    private void endWhenTooSlow() {
        synchronized (this) {
            long left = patience.toNanos();
            while (!finished && left > 0) {
                try {
                    wait(Math.max(1, Duration.ofNanos(left).toMillis()));
                } catch (InterruptedException e) {
                    return;
                }
                left = lastProgress + patience.toNanos() - System.nanoTime();
            }
            if (finished) {
                return;
            }
        }
        stream.end();
        stream.error("twinbatch: stopping takes too long; " + advice());
        processEnd.now(received().orElse(ExitCode.INTERRUPTED).status());
    }
}
