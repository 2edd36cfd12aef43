package io.twinbatch.azure.batch;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.azure.client.model.FileModel.BatchOutputFile;
import io.twinbatch.azure.client.model.FileModel.BatchResourceFile;
import io.twinbatch.azure.client.model.FileModel.OutputDestination;
import io.twinbatch.azure.client.model.FileModel.OutputUploadOptions;
import io.twinbatch.azure.client.model.TaskModel.BatchTask;
import io.twinbatch.azure.client.model.TaskModel.TaskAdd;
import io.twinbatch.azure.client.model.TaskModel.TaskConstraints;
import io.twinbatch.azure.client.model.TaskModel.TaskDependencies;
import io.twinbatch.azure.client.model.TaskModel.TaskExecutionInfo;
import io.twinbatch.azure.client.model.TaskModel.TaskNodeInfo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Tasks in both directions. */
final class TaskMapping {
    /** The properties that are read; command lines and resource files would make up most of a listing. */
    static final String PROPERTIES = "id,state,creationTime,executionInfo,nodeInfo";

    private TaskMapping() {}

    static TaskAdd request(TaskSpec spec, ObjectAccess access) {
        return new TaskAdd(
                spec.id(),
                null,
                spec.commandLine(),
                ContainerMapping.request(spec.container()),
                access.resourceFiles(spec.resourceFiles()),
                spec.outputFiles().isEmpty()
                        ? null
                        : spec.outputFiles().stream()
                                .map(file -> outputFile(file, access))
                                .toList(),
                CommonMapping.pairs(spec.environment()),
                constraints(spec),
                spec.requiredSlots(),
                null,
                dependencies(spec.dependsOn()));
    }

    private static TaskConstraints constraints(TaskSpec spec) {
        Integer retries =
                spec.maxRetries().isPresent() ? (Integer) spec.maxRetries().getAsInt() : null;
        boolean none = retries == null
                && spec.maxWallClockTime().isEmpty()
                && spec.retentionTime().isEmpty();
        return none
                ? null
                : new TaskConstraints(
                        spec.maxWallClockTime().orElse(null),
                        spec.retentionTime().orElse(null),
                        retries);
    }

    private static TaskDependencies dependencies(Set<String> tasks) {
        return tasks.isEmpty()
                ? null
                : new TaskDependencies(tasks.stream().sorted().toList());
    }

    private static BatchOutputFile outputFile(OutputFile file, ObjectAccess access) {
        return new BatchOutputFile(
                file.pattern(),
                new OutputDestination(access.container(file)),
                new OutputUploadOptions(condition(file.condition())));
    }

    private static String condition(OutputFile.Condition condition) {
        return switch (condition) {
            case SUCCESS -> "tasksuccess";
            case FAILURE -> "taskfailure";
            case COMPLETION -> "taskcompletion";
        };
    }

    /** The filter in the service's language; null for every task. */
    static String filter(TaskFilter filter) {
        return switch (filter) {
            case ALL -> null;
            case UNFINISHED -> "state eq 'active' or state eq 'preparing' or state eq 'running'";
            case SUCCEEDED -> "state eq 'completed' and executionInfo/result eq 'success'";
            case FAILED -> "state eq 'completed' and executionInfo/result eq 'failure'";
        };
    }

    static Task read(JobId job, BatchTask task) {
        TaskExecutionInfo info = Objects.requireNonNullElse(
                task.executionInfo(), new TaskExecutionInfo(null, null, null, null, 0, null, 0, null, null));
        boolean ended = TaskStatusMapping.isCompleted(task.state());
        return new Task(
                new TaskKey(job, task.id()),
                TaskStatusMapping.read(task.state(), info),
                Optional.ofNullable(task.nodeInfo())
                        .map(TaskNodeInfo::nodeId)
                        .filter(id -> !id.isEmpty())
                        .map(NodeId::new),
                CommonMapping.time(task.creationTime(), null),
                Optional.ofNullable(info.startTime()),
                ended ? Optional.ofNullable(info.endTime()) : Optional.empty(),
                ended ? CommonMapping.number(info.exitCode()) : OptionalInt.empty(),
                CommonMapping.number(info.retryCount(), 0),
                CommonMapping.number(info.requeueCount(), 0));
    }

    /** What was asked for, also of a task that another client submitted. */
    static TaskDetails readDetails(BatchTask task) {
        TaskConstraints constraints =
                Objects.requireNonNullElse(task.constraints(), new TaskConstraints(null, null, null));
        return new TaskDetails(
                Objects.requireNonNullElse(task.commandLine(), ""),
                CommonMapping.map(task.environmentSettings()),
                CommonMapping.orEmpty(task.resourceFiles()).stream()
                        .map(TaskMapping::source)
                        .toList(),
                CommonMapping.orEmpty(task.outputFiles()).stream()
                        .flatMap(file -> target(file).stream())
                        .toList(),
                CommonMapping.number(constraints.maxTaskRetryCount()),
                Optional.ofNullable(constraints.maxWallClockTime()).filter(CommonMapping::isLimit),
                CommonMapping.number(task.requiredSlots(), 1),
                new TreeSet<>(
                        task.dependsOn() == null
                                ? List.of()
                                : CommonMapping.orEmpty(task.dependsOn().taskIds())));
    }

    private static TaskDetails.Source source(BatchResourceFile file) {
        String prefix = Objects.requireNonNullElse(file.blobPrefix(), "");
        return file.httpUrl() == null
                ? new TaskDetails.Source(
                        withoutQuery(file.storageContainerUrl()) + (prefix.isEmpty() ? "" : "/" + prefix),
                        Objects.requireNonNullElse(file.filePath(), ""))
                : new TaskDetails.Source(withoutQuery(file.httpUrl()), Objects.requireNonNullElse(file.filePath(), ""));
    }

    private static Optional<TaskDetails.Target> target(BatchOutputFile file) {
        return Optional.ofNullable(file.destination())
                .map(OutputDestination::container)
                .map(container -> new TaskDetails.Target(
                        Objects.requireNonNullElse(file.filePattern(), ""),
                        withoutQuery(container.containerUrl()),
                        Objects.requireNonNullElse(container.path(), "")));
    }

    private static String withoutQuery(String url) {
        return Objects.requireNonNullElse(url, "").split("[?]", 2)[0];
    }
}
