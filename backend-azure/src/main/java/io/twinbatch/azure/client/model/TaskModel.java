package io.twinbatch.azure.client.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twinbatch.azure.client.model.ErrorModel.ErrorBody;
import io.twinbatch.azure.client.model.FileModel.BatchOutputFile;
import io.twinbatch.azure.client.model.FileModel.BatchResourceFile;
import io.twinbatch.azure.client.model.UserModel.UserIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tasks in requests and answers of the service. */
public final class TaskModel {
    private TaskModel() {}

    /**
     * A task as the service describes it.
     *
     * @param state {@code active}, {@code preparing}, {@code running} or {@code completed}
     * @param nodeInfo the node of its last try; null before the first
     */
    public record BatchTask(
            String id,
            String displayName,
            String url,
            @JsonProperty("eTag") String etag,
            Instant lastModified,
            Instant creationTime,
            String state,
            Instant stateTransitionTime,
            String previousState,
            String commandLine,
            List<BatchResourceFile> resourceFiles,
            List<BatchOutputFile> outputFiles,
            List<NameValue> environmentSettings,
            TaskConstraints constraints,
            Integer requiredSlots,
            TaskDependencies dependsOn,
            TaskExecutionInfo executionInfo,
            TaskNodeInfo nodeInfo) {}

    /** The task that is asked for. A null part is left to the service's default. */
    public record TaskAdd(
            String id,
            String displayName,
            String commandLine,
            TaskContainerSettings containerSettings,
            List<BatchResourceFile> resourceFiles,
            List<BatchOutputFile> outputFiles,
            List<NameValue> environmentSettings,
            TaskConstraints constraints,
            Integer requiredSlots,
            UserIdentity userIdentity,
            TaskDependencies dependsOn) {}

    /** Tasks that are added in one request: at most 100. */
    public record TaskAddCollection(List<TaskAdd> value) {}

    /** What became of each task of a collection, in no particular order. */
    public record TaskAddCollectionResult(List<TaskAddResult> value) {}

    /**
     * What became of one task of a collection.
     *
     * @param status {@code success}, {@code clienterror} (the same request fails again) or {@code servererror} (it may not)
     * @param error why it failed; null when it did not
     */
    public record TaskAddResult(
            String status,
            String taskId,
            @JsonProperty("eTag") String etag,
            Instant lastModified,
            String location,
            ErrorBody error) {}

    /** The limits of a task; null parts are left to the job's or the service's defaults. */
    public record TaskConstraints(Duration maxWallClockTime, Duration retentionTime, Integer maxTaskRetryCount) {}

    /**
     * The container in which a task runs.
     *
     * @param containerRunOptions options as for {@code docker create}, in one text
     * @param workingDirectory where the command line starts: in the task's own folder, or where the image says
     */
    public record TaskContainerSettings(String imageName, String containerRunOptions, String workingDirectory) {}

    /** How many tasks of a job, and how many slots of theirs, are in which state. */
    public record TaskCountsResult(TaskStateCounts taskCounts, TaskStateCounts taskSlotCounts) {}

    /** Tasks of the same job that have to succeed first. */
    public record TaskDependencies(List<String> taskIds) {}

    /**
     * How a task ran.
     *
     * @param exitCode null before its end, and when its process never ran
     * @param failureInfo why it failed; null when it did not
     * @param result {@code success} or {@code failure}; null before its end
     */
    public record TaskExecutionInfo(
            Instant startTime,
            Instant endTime,
            Integer exitCode,
            TaskFailureInfo failureInfo,
            Integer retryCount,
            Instant lastRetryTime,
            Integer requeueCount,
            Instant lastRequeueTime,
            String result) {}

    /** Why a task failed; {@code category} is {@code usererror} or {@code servererror}. */
    public record TaskFailureInfo(String category, String code, String message, List<NameValue> details) {}

    /** The node of a task's last try, and its folder there. */
    public record TaskNodeInfo(
            String affinityId,
            String nodeUrl,
            String poolId,
            String nodeId,
            String taskRootDirectory,
            String taskRootDirectoryUrl) {}

    /** Numbers by state; {@code completed} is {@code succeeded} and {@code failed} together. */
    public record TaskStateCounts(int active, int running, int completed, int succeeded, int failed) {}
}
