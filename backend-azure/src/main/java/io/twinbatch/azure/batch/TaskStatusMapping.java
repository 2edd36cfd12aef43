package io.twinbatch.azure.batch;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.azure.client.model.TaskModel.TaskExecutionInfo;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How far a task has come. The service knows four states; how a completed task ended is shown by its result, its exit
 * code, and the code of its failure, which are at <a
 * href="https://learn.microsoft.com/azure/batch/batch-task-error-codes">Batch task errors</a>.
 */
final class TaskStatusMapping {
    private static final String COMPLETED = "completed";
    private static final String EXITED = "FailureExitCode";
    private static final String ENDED = "TaskEnded";
    private static final String UPLOAD = "FileUpload";

    /** Something before the process went wrong, so that it never ran. */
    private static final Set<String> BEFORE_THE_PROCESS = Set.of(
            "BlobNotFound",
            "BlobAccessDenied",
            "BlobDownloadTimedOut",
            "BlobDownloadMiscError",
            "ResourceDirectoryCreateFailed",
            "ResourceFileCreateFailed",
            "ResourceFileWriteFailed",
            "DiskFull",
            "ApplicationPackageError",
            "CommandProgramNotFound",
            "CommandLaunchFailed");

    private TaskStatusMapping() {}

    static boolean isCompleted(String state) {
        return COMPLETED.equalsIgnoreCase(state);
    }

    static TaskStatus read(String state, TaskExecutionInfo info) {
        return switch (Objects.requireNonNullElse(state, "").toLowerCase(Locale.ROOT)) {
            case "preparing" -> new TaskStatus.Preparing();
            case "running" -> new TaskStatus.Running();
            case COMPLETED -> ending(info);
            default -> waiting(info);
        };
    }

    private static TaskStatus waiting(TaskExecutionInfo info) {
        return CommonMapping.number(info.requeueCount(), 0) > 0 ? new TaskStatus.Requeued() : new TaskStatus.Queued();
    }

    private static TaskStatus ending(TaskExecutionInfo info) {
        Optional<FailureInfo> failure = CommonMapping.failure(info.failureInfo());
        boolean exited = info.exitCode() != null;
        boolean exitedWell = exited && info.exitCode() == 0;
        if ("success".equalsIgnoreCase(info.result()) || (failure.isEmpty() && exitedWell)) {
            return new TaskStatus.Succeeded();
        }
        FailureInfo why = failure.orElseGet(() -> FailureInfo.of("", "the service gives no reason"));
        if (why.code().equalsIgnoreCase(ENDED)) {
            return new TaskStatus.Stopped(why);
        }
        if (!exited) {
            return neverRan(info, failure.isPresent())
                    ? new TaskStatus.CouldNotStart(why)
                    : new TaskStatus.Stopped(why);
        }
        if (why.code().startsWith(UPLOAD)) {
            return new TaskStatus.UploadFailed(info.exitCode(), why);
        }
        if (why.code().equalsIgnoreCase(EXITED)) {
            return new TaskStatus.Failed(info.exitCode());
        }
        if (BEFORE_THE_PROCESS.contains(why.code())) {
            return new TaskStatus.CouldNotStart(why);
        }
        // What went wrong after a process that ended well can only be the upload of what it made.
        return exitedWell ? new TaskStatus.UploadFailed(0, why) : new TaskStatus.Failed(info.exitCode());
    }

    /** Without an exit code and a named reason, a task that was begun has been ended from outside. */
    private static boolean neverRan(TaskExecutionInfo info, boolean reasonKnown) {
        return reasonKnown || info.startTime() == null;
    }
}
