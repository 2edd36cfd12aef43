package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.Cancellation;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.resume.RunRecords;
import io.twinbatch.api.workflow.stage.TemporaryFiles;
import io.twinbatch.api.workflow.stage.Transfers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * Carries out plans: containers, uploads, pool, job, tasks, watch, downloads, cleanup. Knows no provider.
 *
 * <p>One run at a time; another may follow on the same workflow.
 */
public final class Workflow {
    /** How many files are transferred at once when nothing else is wanted. */
    public static final int DEFAULT_TRANSFERS = 8;

    private final WorkflowSteps steps;
    private final Clock clock;
    private final Cancellation cancellation = new Cancellation();

    /**
     * Creates a workflow.
     *
     * @param store where files are staged
     * @param pools where nodes come from
     * @param queue where tasks are run
     * @param clock gives the time
     * @param waiter waits between two polls of the tasks
     * @param transfers how many files are transferred at once; at least 1
     */
    public Workflow(ObjectStore store, ComputePool pools, JobQueue queue, Clock clock, Waiter waiter, int transfers) {
        this(store, pools, queue, clock, waiter, transfers, RunTimes.CLEANUP);
    }

    /**
     * Creates a workflow that gives a removal another time.
     *
     * @param store where files are staged
     * @param pools where nodes come from
     * @param queue where tasks are run
     * @param clock gives the time
     * @param waiter waits between two polls of the tasks
     * @param transfers how many files are transferred at once; at least 1
     * @param cleanup how long the removal of what a run created may take
     */
    public Workflow(
            ObjectStore store,
            ComputePool pools,
            JobQueue queue,
            Clock clock,
            Waiter waiter,
            int transfers,
            Duration cleanup) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.steps = new WorkflowSteps(
                Objects.requireNonNull(store, "store"),
                Objects.requireNonNull(pools, "pools"),
                Objects.requireNonNull(queue, "queue"),
                clock,
                Objects.requireNonNull(waiter, "waiter"),
                new Transfers(transfers),
                Objects.requireNonNull(cleanup, "cleanup"));
    }

    /**
     * Carries out a plan and removes what it created, but for what is kept. Blocks until all is done.
     *
     * <p>An interruption of the calling thread, or {@link #cancel()}, ends the run: what it created is removed within
     * a bounded time ({@link RunTimes#CLEANUP}), and the result says so. The thread's interrupt flag is then clear.
     *
     * @param listener receives the progress
     * @param choice decides what becomes of job and pool at the end
     * @return how it went; failing tasks, a reached time limit, and a pool or job that could not finish the work are
     *     results, not exceptions
     * @throws IllegalStateException when a run is in progress
     * @throws BatchException when a step failed at the provider. What the run had created has been removed then, unless
     *     its tasks were submitted and the provider was silent for five minutes ({@code UNAVAILABLE}, {@code THROTTLED},
     *     {@code TIMEOUT}, {@code UNKNOWN}): then all stays as it is, and the run can be resumed; {@code CONFLICT} when
     *     the pool that was asked for exists and does not fit; {@code ALREADY_EXISTS} when the job that was asked for
     *     exists
     */
    public RunResult run(RunPlan plan, RunListener listener, CleanupChoice choice) {
        if (plan.tasks().isEmpty()) {
            return RunResult.upToDate(plan, clock.instant());
        }
        return execute(runner -> Run.of(plan, steps, runner), listener, choice);
    }

    /**
     * Finds out where a run was cut off whose client has died. Changes nothing.
     *
     * @param record what the run has noted; see {@link RunRecords}
     * @param program the program that the run began with, or a version of it that stores its outputs in the same way
     * @param outputFolder where the results go; made when it is missing
     * @throws BatchException {@code INVALID} for an output folder that cannot be written; {@code CONFLICT} while the
     *     run's pool is being deleted; otherwise when the provider cannot be asked
     */
    public ResumePlan continuation(RunRecord record, TaskProgram program, Path outputFolder) {
        return steps.resumption().plan(record, program, outputFolder);
    }

    /**
     * Goes on with a run whose client has died, to its end, as {@link #run} does: watches the tasks that are there,
     * submits those that are not, and downloads, checks and removes as if nothing had happened. The time limit counts
     * anew, but for tasks whose signed URLs expire earlier. Nobody else may be at work on the run.
     *
     * @param listener as for {@link #run}
     * @param choice as for {@link #run}
     * @return as for {@link #run}
     * @throws IllegalStateException as {@link #run}
     * @throws BatchException as {@link #run}
     */
    public RunResult resume(ResumePlan continuation, RunListener listener, CleanupChoice choice) {
        return execute(runner -> Run.of(continuation, steps, runner), listener, choice);
    }

    private RunResult execute(Function<StepRunner, Run> maker, RunListener listener, CleanupChoice choice) {
        cancellation.begin();
        try {
            TemporaryFiles.ofThisMachine().sweep();
            Run run = maker.apply(new StepRunner(new RunEvents(listener, clock), cancellation));
            return run.execute(choice);
        } finally {
            cancellation.end();
        }
    }

    /**
     * Ends the run in progress as an interruption does. Called from any thread.
     *
     * @return whether there is one; its thread is then interrupted, and must not be interrupted again for that
     */
    public boolean cancel() {
        return cancellation.request();
    }
}
