package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.Waiter;
import java.time.Clock;
import java.util.Objects;

/**
 * Carries out plans: containers, uploads, pool, job, tasks, watch, downloads, cleanup. Knows no provider.
 *
 * <p>One run at a time; another may follow on the same workflow.
 */
public final class Workflow {
    /** How many files are transferred at once when nothing else is wanted. */
    public static final int DEFAULT_TRANSFERS = 8;

    private final ObjectStore store;

    /**
     * Creates a workflow.
     *
     * @param store where files are staged
     * @param pools where nodes come from
     * @param queue where tasks are run
     * @param clock tells the time
     * @param waiter passes the time between two looks at the tasks
     * @param transfers how many files are transferred at once; at least 1
     */
    public Workflow(ObjectStore store, ComputePool pools, JobQueue queue, Clock clock, Waiter waiter, int transfers) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Carries out a plan and removes what it created, but for what is kept. Blocks until all is done.
     *
     * <p>An interruption of the calling thread, or {@link #cancel()}, ends the run: what it created is removed within
     * half a minute, and the result says so. The thread's interrupt flag is then clear.
     *
     * @param listener told how far it has come
     * @param choice decides what becomes of job and pool at the end
     * @return how it went; failing tasks, a reached time limit, and a pool or job that could not finish the work are
     *     results, not exceptions
     * @throws BatchException when a step failed at the provider; what the run had created has been removed then;
     *     {@code CONFLICT} when the pool that was asked for exists and does not fit; {@code ALREADY_EXISTS} when the
     *     job that was asked for exists
     */
    public RunResult run(RunPlan plan, RunListener listener, CleanupChoice choice) {
        if (store != null) {
            throw new UnsupportedOperationException();
        }
        return null;
    }

    /** Ends the run in progress as an interruption does; harmless when there is none. Called from any thread. */
    public void cancel() {}
}
