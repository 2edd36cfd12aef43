package io.twinbatch.api.job;

import io.twinbatch.api.task.FailureInfo;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a task has come, and how it ended. Each ending has its own type, because a user does something else about
 * each.
 */
public sealed interface TaskStatus {
    /** Whether the task has ended, well or badly. */
    default boolean isFinal() {
        return this instanceof Succeeded || this instanceof FailedStatus;
    }

    /** Whether the task waits for a node. */
    default boolean isQueued() {
        return this instanceof Queued || this instanceof Requeued;
    }

    /** Whether the task has ended badly. */
    default boolean isFailure() {
        return this instanceof FailedStatus;
    }

    /** In a few words, for a person. */
    String describe();

    /** Why the task ended badly, when there is more to say than its exit code; otherwise empty. */
    default Optional<FailureInfo> cause() {
        return Optional.empty();
    }

    /** An ending other than success. */
    sealed interface FailedStatus extends TaskStatus {}

    /** It waits for a node, or for the tasks that it depends on. */
    record Queued() implements TaskStatus {
        @Override
        public String describe() {
            return "queued";
        }
    }

    /** The node that ran it was lost or taken away; it waits for another one. */
    record Requeued() implements TaskStatus {
        @Override
        public String describe() {
            return "lost its node and requeued";
        }
    }

    /** A node has taken it and is running the job's preparation task first. */
    record Preparing() implements TaskStatus {
        @Override
        public String describe() {
            return "preparing";
        }
    }

    /** Its resource files are being fetched, or its process runs. */
    record Running() implements TaskStatus {
        @Override
        public String describe() {
            return "running";
        }
    }

    /** Its process has ended and its output files are being uploaded. A provider may report this as running. */
    record Uploading() implements TaskStatus {
        @Override
        public String describe() {
            return "uploading";
        }
    }

    /** Its process ended with exit code 0 and its output files are uploaded. */
    record Succeeded() implements TaskStatus {
        @Override
        public String describe() {
            return "succeeded";
        }
    }

    /**
     * Its process ended with another exit code, and no retry is left.
     *
     * @param exitCode the exit code of the last try; 128 and a signal's number when a signal ended it
     */
    record Failed(int exitCode) implements FailedStatus {
        @Override
        public String describe() {
            return "failed with exit code " + exitCode;
        }
    }

    /**
     * Its process never ran: a resource file could not be fetched, or the program could not be started.
     *
     * @param failure why
     */
    record CouldNotStart(FailureInfo failure) implements FailedStatus {
        public CouldNotStart {
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public Optional<FailureInfo> cause() {
            return Optional.of(failure);
        }

        @Override
        public String describe() {
            return "could not start: " + failure;
        }
    }

    /**
     * Its process ran, but an output file could not be uploaded.
     *
     * @param exitCode the exit code of the process
     * @param failure why
     */
    record UploadFailed(int exitCode, FailureInfo failure) implements FailedStatus {
        public UploadFailed {
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public Optional<FailureInfo> cause() {
            return Optional.of(failure);
        }

        @Override
        public String describe() {
            return "ran (exit code " + exitCode + "), but its output could not be uploaded: " + failure;
        }
    }

    /**
     * It was ended from outside: by its time limit, or because it or its job was terminated.
     *
     * @param failure by what
     */
    record Stopped(FailureInfo failure) implements FailedStatus {
        public Stopped {
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public Optional<FailureInfo> cause() {
            return Optional.of(failure);
        }

        @Override
        public String describe() {
            return "stopped: " + failure;
        }
    }
}
