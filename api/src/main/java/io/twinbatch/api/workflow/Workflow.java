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

    private final Steps steps;
    private final Clock clock;
    private final Cancellation cancellation = new Cancellation();

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
        this.clock = Objects.requireNonNull(clock, "clock");
        this.steps = new Steps(
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(pools, "pools"),
                Objects.requireNonNull(queue, "queue"),
                clock,
                Objects.requireNonNull(waiter, "waiter"),
                new Transfers(transfers));
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
     * @throws IllegalStateException when a run is in progress
     * @throws BatchException when a step failed at the provider; what the run had created has been removed then;
     *     {@code CONFLICT} when the pool that was asked for exists and does not fit; {@code ALREADY_EXISTS} when the
     *     job that was asked for exists
     */
    public RunResult run(RunPlan plan, RunListener listener, CleanupChoice choice) {
        cancellation.begin();
        try {
            TemporaryFiles.ofThisMachine().sweep();
            return new Run(plan, steps, new Events(listener, clock), cancellation).execute(choice);
        } finally {
            cancellation.end();
        }
    }

    /** Ends the run in progress as an interruption does; harmless when there is none. Called from any thread. */
    public void cancel() {
        cancellation.request();
    }
}
