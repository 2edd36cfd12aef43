package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.app.inspect.BackendInspector;
import java.util.List;
import java.util.Optional;

/**
 * A job with its counts.
 *
 * @param look where it is
 * @param job the job
 * @param counts how many of its tasks are where
 * @param failures the latest of its failed tasks, the newest first
 * @param progress how fast it goes
 * @param atWork whether anything runs where it is
 */
public record PortalJob(
        BackendInspector look, Job job, TaskCounts counts, List<Task> failures, JobProgress progress, boolean atWork) {
    public PortalJob {
        failures = List.copyOf(failures);
    }

    /** Its identifier. */
    public JobId id() {
        return job.id();
    }

    /** Whether its tasks are started as nodes have room. */
    public boolean isActive() {
        return job.state() == JobState.ACTIVE && atWork;
    }

    /** What the run that created it has noted; empty for a job of no run. */
    public Optional<RunTags> tags() {
        return RunTags.of(job.spec().metadata());
    }
}
