package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.WorkFiles;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.TaskHistory.OrderedEnd;
import io.twinbatch.local.record.TaskRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What becomes of a task after an attempt to run it has ended, or was cut off. The rules, in this order:
 *
 * <ol>
 *   <li>A task whose deletion was ordered is removed.
 *   <li>A task that failed because its node's folder was deleted is requeued, but only so many times: it may be the task
 *       itself that deletes the folder.
 *   <li>Exit code 0 is success. Any other is retried while the job takes tasks, retries are left and no end was
 *       ordered.
 *   <li>A task that lost its node is requeued, unless its termination was ordered.
 *   <li>Everything else ends the task. While the engine closes, the record stays as it is: the next engine requeues it.
 * </ol>
 */
sealed interface TaskTransition {
    /** How often a task that has lost its node's folder is requeued. */
    int MAX_REQUEUES_FOR_FOLDERS = 5;

    /** The task goes with what it left on its node. */
    record Remove() implements TaskTransition {}

    /** The task is queued again, one of its retries used. */
    record Retry() implements TaskTransition {}

    /** The task is queued again without using a retry, since it was not to blame. */
    record Requeue() implements TaskTransition {}

    /** The record stays as it is. */
    record Keep() implements TaskTransition {}

    /**
     * The task has ended.
     *
     * @param ending how
     * @param exitCode the exit code of its process; empty when it has none of its own
     */
    record Finish(TaskStatus ending, OptionalInt exitCode) implements TaskTransition {
        static Finish stopped(String code, String message) {
            return new Finish(new TaskStatus.Stopped(FailureInfo.of(code, message)), OptionalInt.empty());
        }

        static Finish terminated(String message) {
            return stopped("TaskEnded", message);
        }
    }

    /** Returns what becomes of a task after an attempt on a node whose folder is there. */
    static TaskTransition after(JobRecord job, TaskRecord task, WorkOutcome outcome) {
        if (isDeletionOrdered(task)) {
            return new Remove();
        }
        if (outcome instanceof WorkOutcome.Exited exited) {
            return afterExit(job, task, exited.exitCode());
        }
        if (outcome instanceof WorkOutcome.UploadFailed failed) {
            return new Finish(
                    new TaskStatus.UploadFailed(failed.exitCode(), failed.failure()),
                    OptionalInt.of(failed.exitCode()));
        }
        if (outcome instanceof WorkOutcome.CouldNotStart failed) {
            return new Finish(new TaskStatus.CouldNotStart(failed.failure()), OptionalInt.empty());
        }
        return afterEnd(task, ((WorkOutcome.Ended) outcome).reason());
    }

    /** Returns what becomes of a task after an attempt that failed on a node whose folder was deleted. */
    static TaskTransition afterFolderLoss(TaskRecord task, String message) {
        if (isDeletionOrdered(task)) {
            return new Remove();
        }
        return task.requeues() < MAX_REQUEUES_FOR_FOLDERS
                ? afterEnd(task, EndReason.REQUEUED)
                : Finish.stopped("NodeFolderDeleted", message + ", as it was before when it was tried");
    }

    /** Whether an attempt that ended so may have failed because the folder of its node was deleted. */
    static boolean mayBeFolderLoss(WorkOutcome outcome) {
        return outcome instanceof WorkOutcome.CouldNotStart
                || outcome instanceof WorkOutcome.UploadFailed
                || outcome.equals(new WorkOutcome.Ended(EndReason.REQUEUED))
                || outcome.isNonZeroExit();
    }

    private static boolean isDeletionOrdered(TaskRecord task) {
        return task.history().orderedEnd().equals(Optional.of(OrderedEnd.DELETION));
    }

    private static TaskTransition afterExit(JobRecord job, TaskRecord task, int exitCode) {
        if (exitCode == 0) {
            return new Finish(new TaskStatus.Succeeded(), OptionalInt.of(0));
        }
        boolean mayRunAgain =
                job.state().takesTasks() && task.history().orderedEnd().isEmpty();
        return mayRunAgain && task.retries() < job.spec().retriesOf(task.spec())
                ? new Retry()
                : new Finish(new TaskStatus.Failed(exitCode), OptionalInt.of(exitCode));
    }

    private static TaskTransition afterEnd(TaskRecord task, EndReason reason) {
        return switch (reason) {
            case REQUEUED ->
                task.history().orderedEnd().isEmpty() ? new Requeue() : Finish.terminated("it was terminated");
            case TERMINATED -> Finish.terminated("it was terminated");
            case TIME_LIMIT ->
                Finish.terminated("it ran longer than its limit of "
                        + inSeconds(task.spec().maxWallClockTime().orElseThrow()));
            case OUTPUT_LIMIT ->
                Finish.stopped(
                        "TaskOutputTooLarge",
                        "it wrote more than " + (WorkFiles.MAX_OUTPUT_BYTES >> 20)
                                + " MiB to its standard output or error, of which so much is kept; large output"
                                + " belongs in a file");
            case ENGINE_CLOSING -> new Keep();
        };
    }

    private static String inSeconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
