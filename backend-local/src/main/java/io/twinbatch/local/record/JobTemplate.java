package io.twinbatch.local.record;

import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolSpec;
import java.util.Optional;

/**
 * What the jobs of a schedule are like. Ids in it stand for those that each job and its pool are given.
 *
 * @param spec what is asked for of a job
 * @param rules what is asked for beyond that
 * @param pool the pool that is made for a job, or for all of them
 * @param manager the task that manages a job
 */
public record JobTemplate(JobSpec spec, JobRules rules, Optional<Pool> pool, Optional<Manager> manager) {
    /**
     * A pool that is made for jobs.
     *
     * @param prefix how its id begins; may be empty
     * @param spec what is asked for
     * @param rules what is asked for beyond that
     */
    public record Pool(String prefix, PoolSpec spec, PoolRules rules) {}

    /**
     * A task that manages a job.
     *
     * @param spec what is asked for
     * @param rules what is asked for beyond that
     */
    public record Manager(TaskSpec spec, TaskRules rules) {}
}
