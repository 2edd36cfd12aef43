package io.twinbatch.app.inspect;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.workflow.model.RunTags;
import java.util.Optional;

/**
 * A job among others.
 *
 * @param job the job
 * @param counts how many of its tasks are where
 * @param pool its pool; empty when there is none of that id
 * @param atWork whether anything runs where it is
 */
public record JobSummary(Job job, TaskCounts counts, Optional<Pool> pool, boolean atWork) {
    /** What the run that created it has noted; empty for a job of no run. */
    public Optional<RunTags> tags() {
        return RunTags.of(job.spec().metadata());
    }
}
