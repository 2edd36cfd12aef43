package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.TaskStatus;
import java.util.List;
import java.util.Objects;

/**
 * What became of an input, or of the total. Each ending has its own type, because a user does something else about
 * each.
 */
public sealed interface Outcome {
    /** Whether the result is there, as the task made it. */
    default boolean isDone() {
        return this instanceof WithResult;
    }

    /** In a few words, for a person. */
    String describe();

    /** The result is in the output folder: one file, or several where the program names its results itself. */
    sealed interface WithResult extends Outcome {
        /** The files, at least one. */
        List<CollectedFile> files();

        /** The first file, which is all there is unless the program names its results. */
        default CollectedFile file() {
            return files().get(0);
        }
    }

    /**
     * The result is in the output folder, and is what the task's manifest says.
     *
     * @param files the files
     */
    record Done(List<CollectedFile> files) implements WithResult {
        public Done {
            files = List.copyOf(files);
        }

        /** A result of one file. */
        public Done(CollectedFile file) {
            this(List.of(file));
        }

        @Override
        public String describe() {
            return "done";
        }
    }

    /**
     * An earlier run of the same program has made the result from the same content, and it is still as it was made.
     *
     * @param files the files
     */
    record UpToDate(List<CollectedFile> files) implements WithResult {
        public UpToDate {
            files = List.copyOf(files);
        }

        @Override
        public String describe() {
            return "done before, from the same content";
        }
    }

    /**
     * Its task ended badly.
     *
     * @param taskId the task
     * @param status how it ended
     * @param stderrTail the last lines of its standard error; empty when there are none
     */
    record TaskFailed(String taskId, TaskStatus status, String stderrTail) implements Outcome {
        public TaskFailed {
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(stderrTail, "stderrTail");
        }

        @Override
        public String describe() {
            return "task " + taskId + " " + status.describe();
        }
    }

    /**
     * Its task ended well, but left no result.
     *
     * @param taskId the task
     * @param missing what is missing, for a person
     */
    record OutputMissing(String taskId, String missing) implements Outcome {
        public OutputMissing {
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(missing, "missing");
        }

        @Override
        public String describe() {
            return "task " + taskId + " ran, but " + missing;
        }
    }

    /**
     * Its task ended well, but the stored result is not what the task's manifest says.
     *
     * @param taskId the task
     * @param difference what differs, for a person
     */
    record OutputDiffers(String taskId, String difference) implements Outcome {
        public OutputDiffers {
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(difference, "difference");
        }

        @Override
        public String describe() {
            return "task " + taskId + " ran, but its output is not what it wrote: " + difference;
        }
    }

    /**
     * The result is stored, but could not be brought into the output folder. Its container is kept.
     *
     * @param object the stored result: container, slash, name
     * @param local whether the output folder did not take it, and the provider is not at fault
     * @param failure why
     */
    record NotDownloaded(String object, boolean local, BatchException failure) implements Outcome {
        public NotDownloaded {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public String describe() {
            return "computed, but not downloaded from " + object + ": " + failure.getMessage();
        }

        /** The same without the name of the result: equal for all results that have one cause. */
        public String cause() {
            String named = "object " + object + ": ";
            String message = failure.getMessage();
            return "computed, but not downloaded: "
                    + (message.startsWith(named) ? message.substring(named.length()) : message);
        }
    }

    /**
     * Its task did not come to an end, or was not begun.
     *
     * @param reason why, for a person
     */
    record NotRun(String reason) implements Outcome {
        public NotRun {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public String describe() {
            return reason;
        }
    }
}
