package io.twinbatch.api.workflow.model;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;

/**
 * Decides whether a job and a pool that the run created are deleted at its end. Asked on the thread of the run, after
 * the results were downloaded, and not about what the request says is kept. Not asked when the run was interrupted or
 * failed: then what it created is deleted.
 */
public interface CleanupChoice {
    /** Deletes both. */
    CleanupChoice DELETE = new CleanupChoice() {
        @Override
        public boolean deleteJob(JobId job) {
            return true;
        }

        @Override
        public boolean deletePool(PoolId pool) {
            return true;
        }
    };

    /** Whether the job is to be deleted. */
    boolean deleteJob(JobId job);

    /** Whether the pool is to be deleted. */
    boolean deletePool(PoolId pool);
}
