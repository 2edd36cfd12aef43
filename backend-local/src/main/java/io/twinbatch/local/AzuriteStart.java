package io.twinbatch.local;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.azurite.Azurite;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** An Azurite that starts in the background. Giving it up waits until no process of the start is left. */
final class AzuriteStart {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final CompletableFuture<Azurite> result = new CompletableFuture<>();
    private final Thread thread;

    private AzuriteStart(Supplier<Azurite> launch) {
        thread = new Thread(() -> run(launch), "twinbatch-azurite-start");
        thread.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param launch starts one, and ends what it has begun when its thread is interrupted
     */
    static AzuriteStart begin(Supplier<Azurite> launch) {
        AzuriteStart start = new AzuriteStart(launch);
        start.thread.start();
        return start;
    }

    private void run(Supplier<Azurite> launch) {
        try {
            Azurite started = launch.get();
            if (!result.complete(started)) {
                // It came up although nobody wants it any more; the interruption has done its work, and ending it takes
                // a moment that must not be cut short.
                Thread.interrupted();
                started.close();
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            result.completeExceptionally(e);
        }
    }

    /**
     * Waits until it answers.
     *
     * @throws BatchException {@code UNAVAILABLE} when it could not be started
     */
    Azurite await() {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BatchException failure) {
                throw failure;
            }
            if (e.getCause() instanceof OutOfMemoryError missing) {
                throw missing;
            }
            throw new BatchException(
                    ErrorCode.UNAVAILABLE, "Azurite", "it could not be started: " + FailureReason.of(e.getCause()), e);
        } catch (CancellationException e) {
            throw new BatchException(ErrorCode.UNAVAILABLE, "Azurite", "the backend has been closed", e);
        }
    }

    /**
     * Ends the start.
     *
     * @return the Azurite that has been started already, which is the caller's to close
     */
    Optional<Azurite> giveUp() {
        if (result.cancel(false)) {
            thread.interrupt();
            awaitEnd();
            return Optional.empty();
        }
        return result.isCompletedExceptionally() ? Optional.empty() : Optional.of(result.join());
    }

    /** Also when this thread is interrupted itself, as it is when Ctrl-C ends a run. */
    private void awaitEnd() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        while (thread.isAlive() && System.nanoTime() < end) {
            try {
                thread.join(
                        Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
