/**
 * A batch API that knows no provider: objects in containers ({@link io.twinbatch.api.storage}), pools of nodes
 * ({@link io.twinbatch.api.pool}), jobs and their tasks ({@link io.twinbatch.api.job}), one exception for all of them
 * ({@link io.twinbatch.api.error}), and above these the logic that is the same everywhere: waiting
 * ({@link io.twinbatch.api.time}) and the whole run of a program over many files
 * ({@link io.twinbatch.api.workflow}).
 *
 * <p>A provider implements {@link io.twinbatch.api.storage.ObjectStore}, {@link io.twinbatch.api.pool.ComputePool} and
 * {@link io.twinbatch.api.job.JobQueue}; nothing here depends on more than the JDK and SLF4J.
 */
package io.twinbatch.api;
