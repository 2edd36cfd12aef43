package io.twinbatch.api.job;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.SpecLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The job that is asked for.
 *
 * @param id its identifier
 * @param pool the pool whose nodes run its tasks; it need not exist yet, the tasks wait for it
 * @param priority from -1000 to 1000; tasks of a job of higher priority are started first
 * @param maxWallClockTime how long the job may last from its creation before its tasks are ended; empty for no limit
 * @param maxTaskRetries how often a task that does not say otherwise is tried again; 0 or more
 * @param usesTaskDependencies whether its tasks may depend on each other
 * @param preparation what a node runs before the job's first task on it
 * @param release what a node runs after the job has ended; needs a preparation
 * @param environment variables for all its tasks; a task's own value of the same name wins
 * @param metadata names and values kept with the job
 */
public record JobSpec(
        JobId id,
        PoolId pool,
        int priority,
        Optional<Duration> maxWallClockTime,
        int maxTaskRetries,
        boolean usesTaskDependencies,
        Optional<JobNodeTask> preparation,
        Optional<JobNodeTask> release,
        Map<String, String> environment,
        Map<String, String> metadata) {
    /** The highest priority; the lowest is its negative. */
    public static final int MAX_PRIORITY = 1000;

    /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a value breaks its rule. */
    public JobSpec {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(maxWallClockTime, "maxWallClockTime");
        Objects.requireNonNull(preparation, "preparation");
        Objects.requireNonNull(release, "release");
        environment = Map.copyOf(environment);
        metadata = Map.copyOf(metadata);
        SpecLimits.requireEnvironment("job " + id, environment);
        SpecLimits.requireMetadata("job " + id, metadata);
        if (priority < -MAX_PRIORITY || priority > MAX_PRIORITY) {
            throw invalid(id, "a priority is from -" + MAX_PRIORITY + " to " + MAX_PRIORITY + ", not " + priority);
        }
        if (maxTaskRetries < 0) {
            throw invalid(id, "a number of retries is 0 or more, not " + maxTaskRetries);
        }
        if (maxWallClockTime.isPresent()
                && (maxWallClockTime.get().isNegative()
                        || maxWallClockTime.get().isZero())) {
            throw invalid(id, "a time limit is more than zero, not " + maxWallClockTime.get());
        }
        if (release.isPresent() && preparation.isEmpty()) {
            throw invalid(id, "a release task needs a preparation task");
        }
    }

    private static BatchException invalid(JobId id, String message) {
        return new BatchException(ErrorCode.INVALID, "job " + id, message);
    }

    /** A job of priority 0 without time limit, retries or dependencies. */
    public static JobSpec of(JobId id, PoolId pool) {
        return new JobSpec(
                id, pool, 0, Optional.empty(), 0, false, Optional.empty(), Optional.empty(), Map.of(), Map.of());
    }

    /** The same job with another priority. */
    public JobSpec withPriority(int newPriority) {
        return new JobSpec(
                id,
                pool,
                newPriority,
                maxWallClockTime,
                maxTaskRetries,
                usesTaskDependencies,
                preparation,
                release,
                environment,
                metadata);
    }

    /** The same job with a time limit. */
    public JobSpec withMaxWallClockTime(Duration limit) {
        return new JobSpec(
                id,
                pool,
                priority,
                Optional.of(limit),
                maxTaskRetries,
                usesTaskDependencies,
                preparation,
                release,
                environment,
                metadata);
    }

    /** The same job with another number of retries for its tasks. */
    public JobSpec withMaxTaskRetries(int retries) {
        return new JobSpec(
                id,
                pool,
                priority,
                maxWallClockTime,
                retries,
                usesTaskDependencies,
                preparation,
                release,
                environment,
                metadata);
    }

    /** The same job, its tasks allowed to depend on each other. */
    public JobSpec withTaskDependencies() {
        return new JobSpec(
                id,
                pool,
                priority,
                maxWallClockTime,
                maxTaskRetries,
                true,
                preparation,
                release,
                environment,
                metadata);
    }

    /** The same job with a preparation task and, when present, a release task. */
    public JobSpec withNodeTasks(JobNodeTask newPreparation, Optional<JobNodeTask> newRelease) {
        return new JobSpec(
                id,
                pool,
                priority,
                maxWallClockTime,
                maxTaskRetries,
                usesTaskDependencies,
                Optional.of(newPreparation),
                newRelease,
                environment,
                metadata);
    }

    /** The same job with other variables for all its tasks. */
    public JobSpec withEnvironment(Map<String, String> variables) {
        return new JobSpec(
                id,
                pool,
                priority,
                maxWallClockTime,
                maxTaskRetries,
                usesTaskDependencies,
                preparation,
                release,
                variables,
                metadata);
    }

    /** How often a task of this job is tried again when its command fails: as the task says, or else the job. */
    public int retriesOf(TaskSpec task) {
        return task.maxRetries().orElse(maxTaskRetries);
    }

    /** The same job under another identifier. */
    public JobSpec withId(JobId newId) {
        return new JobSpec(
                newId,
                pool,
                priority,
                maxWallClockTime,
                maxTaskRetries,
                usesTaskDependencies,
                preparation,
                release,
                environment,
                metadata);
    }

    /** The same job with other metadata. */
    public JobSpec withMetadata(Map<String, String> newMetadata) {
        return new JobSpec(
                id,
                pool,
                priority,
                maxWallClockTime,
                maxTaskRetries,
                usesTaskDependencies,
                preparation,
                release,
                environment,
                newMetadata);
    }

    /** Without what may hold secrets: the command line, the variables and the signed URLs. */
    @Override
    public String toString() {
        return "job " + id + " in pool " + pool;
    }
}
