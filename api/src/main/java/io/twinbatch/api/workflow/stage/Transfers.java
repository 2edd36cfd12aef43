package io.twinbatch.api.workflow.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does many transfers, a few at a time.
 *
 * @param parallel how many at a time; at least 1
 */
public record Transfers(int parallel) {
    private static final long STOPPING_SECONDS = 10;

    public Transfers {
        if (parallel < 1) {
            throw new IllegalArgumentException("at least 1 transfer at a time, not " + parallel);
        }
    }

    /**
     * Does all of them. The first one that fails ends the others and is thrown.
     *
     * @return their results, in the given order
     * @throws InterruptedException when this thread is interrupted; the transfers are ended then
     */
    public <T> List<T> all(List<Callable<T>> transfers) throws InterruptedException {
        if (transfers.isEmpty()) {
            return List.of();
        }
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.min(parallel, transfers.size()), Transfers::daemonThread);
        try {
            ExecutorCompletionService<T> completion = new ExecutorCompletionService<>(threads);
            List<Future<T>> futures = new ArrayList<>(transfers.size());
            transfers.forEach(transfer -> futures.add(completion.submit(transfer)));
            for (int i = 0; i < futures.size(); i++) {
                result(completion.take());
            }
            List<T> results = new ArrayList<>(futures.size());
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            stop(threads);
        }
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Gives transfers that are under way a moment to end, also when this thread has been interrupted. */
    private static void stop(ExecutorService threads) {
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            boolean ignored = threads.awaitTermination(STOPPING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemonThread(Runnable work) {
        Thread thread = new Thread(work, "twinbatch-transfer");
        thread.setDaemon(true);
        return thread;
    }
}
