package io.twinbatch.app.run;

import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.app.inspect.BackendInspector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A backend that is up, and the workflow on it. */
public interface BackendSession extends AutoCloseable {
    /** Asks whether a plan can be carried out; see {@link Preflight#check}. */
    List<Preflight.Finding> preflight(RunPlan plan);

    /** Who else is at work on the machines of this backend, and shares them. */
    default ConcurrentRuns concurrentRuns() {
        return ConcurrentRuns.NONE;
    }

    /** Carries out a plan; see {@link io.twinbatch.api.workflow.Workflow#run}. */
    RunResult run(RunPlan plan, RunListener listener, CleanupChoice choice);

    /** The record of a run, by which it can be resumed; see {@link io.twinbatch.api.workflow.resume.RunRecords#named}. */
    Optional<RunRecord> record(String name);

    /** Finds out where a run was cut off; see {@link io.twinbatch.api.workflow.Workflow#continuation}. */
    ResumePlan continuation(RunRecord record, TaskProgram program, Path outputFolder);

    /** Goes on with a run that was cut off; see {@link io.twinbatch.api.workflow.Workflow#resume}. */
    RunResult resume(ResumePlan continuation, RunListener listener, CleanupChoice choice);

    /** What runs have left on this backend; see {@link io.twinbatch.api.cleanup.Leftovers#find}. */
    List<Leftover> leftovers();

    /** Deletes something that runs have left; see {@link io.twinbatch.api.cleanup.Leftovers#delete}. */
    boolean delete(Leftover leftover);

    /** Looks at this backend while it is up. */
    BackendInspector inspector();

    /** Terminates a job: its tasks end, and those that wait do not run. */
    void terminate(JobId job);

    /**
     * Ends the run in progress, from any thread; harmless when there is none.
     *
     * @return whether there is one, whose thread is then interrupted
     */
    boolean cancel();

    /** Where files are staged; waits until it answers. */
    ObjectStore store();

    /** Ends what was started for the backend. */
    @Override
    void close();

    /** Starts backends. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts a backend.
         *
         * @throws io.twinbatch.api.error.BatchException when it cannot be started
         */
        BackendSession start(BackendSettings settings);
    }
}
