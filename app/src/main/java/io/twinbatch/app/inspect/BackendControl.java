package io.twinbatch.app.inspect;

import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;

/**
 * What changes a backend.
 *
 * @param jobs its jobs
 * @param pools its pools
 */
public record BackendControl(JobQueue jobs, ComputePool pools) {}
