package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twinbatch.azure.client.model.FileModel.BatchResourceFile;
import io.twinbatch.azure.client.model.TaskModel.TaskConstraints;
import io.twinbatch.azure.client.model.TaskModel.TaskContainerSettings;
import io.twinbatch.azure.client.model.TaskModel.TaskFailureInfo;
import io.twinbatch.azure.client.model.UserModel.UserIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Jobs in requests and answers of the service. */
public final class JobModel {
    private JobModel() {}

    /**
     * A job as the service describes it.
     *
     * @param state such as {@code active}, {@code terminating} or {@code completed}
     */
    public record BatchJob(
            String id,
            String displayName,
            String url,
            @JsonProperty("eTag") String etag,
            Instant lastModified,
            Instant creationTime,
            String state,
            Instant stateTransitionTime,
            String previousState,
            Integer priority,
            Integer maxParallelTasks,
            JobConstraints constraints,
            BatchJobPreparationTask jobPreparationTask,
            BatchJobReleaseTask jobReleaseTask,
            List<NameValue> commonEnvironmentSettings,
            PoolInfo poolInfo,
            String onAllTasksComplete,
            String onTaskFailure,
            List<NameValue> metadata,
            JobExecutionInfo executionInfo,
            Boolean usesTaskDependencies) {}

    /** What a node runs before its first task of a job. A null part is left to the service's default. */
    public record BatchJobPreparationTask(
            String id,
            String commandLine,
            TaskContainerSettings containerSettings,
            List<BatchResourceFile> resourceFiles,
            List<NameValue> environmentSettings,
            TaskConstraints constraints,
            Boolean waitForSuccess,
            UserIdentity userIdentity,
            Boolean rerunOnNodeRebootAfterSuccess) {}

    /** What a node runs after a job's end. A null part is left to the service's default. */
    public record BatchJobReleaseTask(
            String id,
            String commandLine,
            TaskContainerSettings containerSettings,
            List<BatchResourceFile> resourceFiles,
            List<NameValue> environmentSettings,
            Duration maxWallClockTime,
            Duration retentionTime,
            UserIdentity userIdentity) {}

    /** The job that is asked for. A null part is left to the service's default. */
    public record JobAdd(
            String id,
            String displayName,
            PoolInfo poolInfo,
            Integer priority,
            Integer maxParallelTasks,
            JobConstraints constraints,
            BatchJobPreparationTask jobPreparationTask,
            BatchJobReleaseTask jobReleaseTask,
            List<NameValue> commonEnvironmentSettings,
            String onAllTasksComplete,
            String onTaskFailure,
            List<NameValue> metadata,
            Boolean usesTaskDependencies) {}

    /** The limits of a job; no limit of time is an absurdly long one in answers. */
    public record JobConstraints(Duration maxWallClockTime, Integer maxTaskRetryCount) {}

    /** When and why a job began and ended. */
    public record JobExecutionInfo(
            Instant startTime,
            Instant endTime,
            String poolId,
            SchedulingError schedulingError,
            String terminateReason) {}

    /**
     * How one of the two tasks went.
     *
     * @param state {@code running} or {@code completed}
     * @param result {@code success} or {@code failure}; null while it runs
     */
    public record JobNodeTaskInfo(
            String state,
            Instant startTime,
            Instant endTime,
            String taskRootDirectory,
            String taskRootDirectoryUrl,
            Integer exitCode,
            TaskFailureInfo failureInfo,
            Integer retryCount,
            Instant lastRetryTime,
            String result) {}

    /** How a job's preparation and release task went on one node, which may be gone. */
    public record JobNodeTaskStatus(
            String poolId,
            String nodeId,
            String nodeUrl,
            JobNodeTaskInfo jobPreparationTaskExecutionInfo,
            JobNodeTaskInfo jobReleaseTaskExecutionInfo) {}

    /** What of a job is replaced. A null part stays as it is; an empty list of metadata clears it. */
    public record JobPatch(
            Integer priority,
            Integer maxParallelTasks,
            String onAllTasksComplete,
            JobConstraints constraints,
            PoolInfo poolInfo,
            List<NameValue> metadata) {}

    /** Why a job is ended; null for {@code UserTerminate}. */
    public record JobTerminate(String terminateReason) {}

    /** The pool that a job runs on. */
    public record PoolInfo(String poolId) {}

    /** Why a job could not be started. */
    public record SchedulingError(String category, String code, String message, List<NameValue> details) {}
}
