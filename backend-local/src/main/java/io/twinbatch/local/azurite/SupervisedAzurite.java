package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * An Azurite that is started again, on the same port and data, when its process ends although nobody has closed it. Who
 * talks to it sees no more of that than connections that fail for a second or two. One that keeps ending is given up.
 */
final class SupervisedAzurite implements Azurite {
    /** How often one is started again; one that ends more often has a reason that stays. */
    static final int MAX_RESTARTS = 5;

    private final IntFunction<AzuriteProcess> starter;
    private final Consumer<String> progress;
    private final BlobStoreConfig blobConfig;
    private final String description;

    // Guarded by this.
    private AzuriteProcess process;
    private Thread restart;
    private int restarts;
    private boolean closed;
    private boolean givenUp;

    private SupervisedAzurite(AzuriteProcess first, IntFunction<AzuriteProcess> starter, Consumer<String> progress) {
        this.starter = starter;
        this.progress = progress;
        this.blobConfig = first.blobConfig();
        this.description = first.describe();
        this.process = first;
    }

    /**
     * Watches over an Azurite.
     *
     * @param first the one that runs now; closed with this
     * @param starter starts the next one on a port
     * @param progress receives a line when one has ended
     */
    static SupervisedAzurite watching(
            AzuriteProcess first, IntFunction<AzuriteProcess> starter, Consumer<String> progress) {
        SupervisedAzurite lasting = new SupervisedAzurite(first, starter, progress);
        lasting.watch(first);
        return lasting;
    }

    private void watch(AzuriteProcess watched) {
        var unused = watched.handle().onExit().thenRun(this::ended);
    }

    private synchronized void ended() {
        if (closed || givenUp) {
            return;
        }
        restarts++;
        if (restarts > MAX_RESTARTS) {
            givenUp = true;
            progress.accept("Azurite has ended by itself once more, and is not started again");
            return;
        }
        progress.accept("Azurite has ended by itself; starting it again");
        restart = new Thread(this::startAgain, "twinbatch-azurite-restart");
        restart.setDaemon(true);
        restart.start();
    }

    private void startAgain() {
        try {
            AzuriteProcess next = starter.apply(blobConfig.endpoint().getPort());
            if (!take(next)) {
                // The interruption that came with the end has done its work.
                Thread.interrupted();
                next.close();
            }
        } catch (BatchException e) {
            giveUp(e);
        }
    }

    private synchronized boolean take(AzuriteProcess next) {
        if (closed) {
            return false;
        }
        process = next;
        watch(next);
        return true;
    }

    private synchronized void giveUp(BatchException why) {
        givenUp = true;
        if (!closed) {
            progress.accept("Azurite could not be started again: " + why.getMessage());
        }
    }

    @Override
    public BlobStoreConfig blobConfig() {
        return blobConfig;
    }

    @Override
    public String describe() {
        return description;
    }

    /** Also while it is being started again. */
    @Override
    public synchronized boolean isAlive() {
        return !closed && !givenUp;
    }

    @Override
    public void close() {
        Thread starting;
        synchronized (this) {
            closed = true;
            starting = restart;
        }
        if (starting != null) {
            starting.interrupt();
            await(starting);
        }
        synchronized (this) {
            process.close();
        }
    }

    /** Also when this thread is interrupted itself: no process may be left. */
    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
