package io.twinbatch.azure.batch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.azure.client.model.JobModel.BatchJob;
import io.twinbatch.azure.client.model.JobModel.BatchJobPreparationTask;
import io.twinbatch.azure.client.model.JobModel.BatchJobReleaseTask;
import io.twinbatch.azure.client.model.JobModel.JobAdd;
import io.twinbatch.azure.client.model.JobModel.JobConstraints;
import io.twinbatch.azure.client.model.JobModel.JobExecutionInfo;
import io.twinbatch.azure.client.model.JobModel.JobNodeTaskInfo;
import io.twinbatch.azure.client.model.JobModel.JobNodeTaskStatus;
import io.twinbatch.azure.client.model.JobModel.PoolInfo;
import io.twinbatch.azure.client.model.JobModel.SchedulingError;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Jobs and what nodes run for them, in both directions. */
final class JobMapping {
    /** A job with a pool of its own has none until the service has made one. */
    private static final String POOL_TO_COME = "none-yet";

    private static final String FAILURE = "failure";

    private JobMapping() {}

    static JobAdd request(JobSpec spec, ObjectAccess access) {
        return new JobAdd(
                spec.id().value(),
                null,
                new PoolInfo(spec.pool().value()),
                spec.priority(),
                null,
                new JobConstraints(spec.maxWallClockTime().orElse(null), spec.maxTaskRetries()),
                spec.preparation().map(task -> preparation(task, access)).orElse(null),
                spec.release().map(task -> release(task, access)).orElse(null),
                CommonMapping.pairs(spec.environment()),
                null,
                null,
                CommonMapping.pairs(spec.metadata()),
                spec.usesTaskDependencies());
    }

    private static BatchJobPreparationTask preparation(JobNodeTask task, ObjectAccess access) {
        return new BatchJobPreparationTask(
                null,
                task.commandLine(),
                ContainerMapping.request(task.container()),
                access.resourceFiles(task.resourceFiles()),
                CommonMapping.pairs(task.environment()),
                null,
                true,
                CommonMapping.identity(task.elevated()),
                null);
    }

    private static BatchJobReleaseTask release(JobNodeTask task, ObjectAccess access) {
        return new BatchJobReleaseTask(
                null,
                task.commandLine(),
                ContainerMapping.request(task.container()),
                access.resourceFiles(task.resourceFiles()),
                CommonMapping.pairs(task.environment()),
                null,
                null,
                CommonMapping.identity(task.elevated()));
    }

    /** The job; empty for one that the neutral API cannot name, such as one that a schedule made. */
    static Optional<Job> read(BatchJob job) {
        JobExecutionInfo info =
                Objects.requireNonNullElse(job.executionInfo(), new JobExecutionInfo(null, null, null, null, null));
        try {
            return Optional.of(new Job(
                    spec(job, info),
                    state(job.state()),
                    CommonMapping.time(job.creationTime(), info.startTime()),
                    Optional.ofNullable(info.endTime()),
                    endReason(info)));
        } catch (BatchException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> endReason(JobExecutionInfo info) {
        return Optional.ofNullable(info.terminateReason())
                .or(() -> Optional.ofNullable(info.schedulingError()).map(SchedulingError::code));
    }

    private static JobState state(String state) {
        return switch (Objects.requireNonNullElse(state, "").toLowerCase(Locale.ROOT)) {
            case "terminating" -> JobState.TERMINATING;
            case "completed" -> JobState.COMPLETED;
            case "deleting" -> JobState.DELETING;
            // A disabled job is one whose tasks wait until somebody enables it again.
            default -> JobState.ACTIVE;
        };
    }

    private static JobSpec spec(BatchJob job, JobExecutionInfo info) {
        JobConstraints constraints = Objects.requireNonNullElse(job.constraints(), new JobConstraints(null, null));
        int retries = CommonMapping.number(constraints.maxTaskRetryCount(), 0);
        Optional<JobNodeTask> preparation =
                Optional.ofNullable(job.jobPreparationTask()).map(JobMapping::readPreparation);
        return new JobSpec(
                new JobId(Objects.requireNonNullElse(job.id(), "")),
                new PoolId(pool(job, info)),
                CommonMapping.number(job.priority(), 0),
                Optional.ofNullable(constraints.maxWallClockTime()).filter(CommonMapping::isLimit),
                retries < 0 ? Integer.MAX_VALUE : retries,
                Boolean.TRUE.equals(job.usesTaskDependencies()),
                preparation,
                preparation.flatMap(
                        task -> Optional.ofNullable(job.jobReleaseTask()).map(JobMapping::readRelease)),
                CommonMapping.map(job.commonEnvironmentSettings()),
                CommonMapping.map(job.metadata()));
    }

    private static String pool(BatchJob job, JobExecutionInfo info) {
        return Optional.ofNullable(job.poolInfo())
                .map(PoolInfo::poolId)
                .or(() -> Optional.ofNullable(info.poolId()))
                .orElse(POOL_TO_COME);
    }

    private static JobNodeTask readPreparation(BatchJobPreparationTask task) {
        return new JobNodeTask(
                Objects.requireNonNullElse(task.commandLine(), ""),
                CommonMapping.readResourceFiles(task.resourceFiles()),
                CommonMapping.map(task.environmentSettings()),
                CommonMapping.isElevated(task.userIdentity()),
                ContainerMapping.read(task.containerSettings()));
    }

    private static JobNodeTask readRelease(BatchJobReleaseTask task) {
        return new JobNodeTask(
                Objects.requireNonNullElse(task.commandLine(), ""),
                CommonMapping.readResourceFiles(task.resourceFiles()),
                CommonMapping.map(task.environmentSettings()),
                CommonMapping.isElevated(task.userIdentity()),
                ContainerMapping.read(task.containerSettings()));
    }

    /** How a preparation went on one node; empty when the node has not begun it. */
    static Optional<NodePreparation> readPreparation(JobNodeTaskStatus status) {
        JobNodeTaskInfo info = status.jobPreparationTaskExecutionInfo();
        if (info == null || status.nodeId() == null) {
            return Optional.empty();
        }
        boolean running = !"completed".equalsIgnoreCase(info.state());
        Optional<FailureInfo> failure = CommonMapping.failure(info.failureInfo())
                .or(() -> FAILURE.equalsIgnoreCase(info.result())
                        ? Optional.of(FailureInfo.of("", "the preparation task failed"))
                        : Optional.empty());
        return Optional.of(new NodePreparation(
                new NodeId(status.nodeId()),
                running,
                running ? OptionalInt.empty() : CommonMapping.number(info.exitCode()),
                running ? Optional.empty() : failure));
    }

    /**
     * Whether a job that was found is the one that was asked for, as far as it can be seen after a lost answer.
     */
    static boolean isSame(JobSpec wanted, Job found) {
        JobSpec is = found.spec();
        return found.state() == JobState.ACTIVE
                && wanted.pool().value().equalsIgnoreCase(is.pool().value())
                && wanted.metadata().equals(is.metadata())
                && wanted.environment().equals(is.environment())
                && wanted.priority() == is.priority()
                && wanted.maxTaskRetries() == is.maxTaskRetries()
                && wanted.usesTaskDependencies() == is.usesTaskDependencies()
                && wanted.maxWallClockTime().equals(is.maxWallClockTime())
                && wanted.preparation()
                        .map(JobNodeTask::commandLine)
                        .equals(is.preparation().map(JobNodeTask::commandLine));
    }
}
