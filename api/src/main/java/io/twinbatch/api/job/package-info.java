/**
 * Jobs and their tasks: their specifications, their state, and the files that tasks leave on their nodes.
 *
 * <p>{@link io.twinbatch.api.job.JobQueue} is one of the three interfaces that a provider implements. A job names its pool by
 * {@link io.twinbatch.api.pool.PoolId}; pools know nothing of jobs.
 */
package io.twinbatch.api.job;
