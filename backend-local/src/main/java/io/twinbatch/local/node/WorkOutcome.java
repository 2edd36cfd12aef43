package io.twinbatch.local.node;

import io.twinbatch.api.task.FailureInfo;
import java.util.Optional;
import java.util.OptionalInt;

/** How a piece of work on a node ended. */
public sealed interface WorkOutcome {
    /** The exit code of its process, when that ended by itself; otherwise empty. */
    default OptionalInt code() {
        return OptionalInt.empty();
    }

    /**
     * Why it did not succeed; empty when it did.
     *
     * @param what its name, for the message, such as {@code the start task}
     */
    Optional<FailureInfo> problem(String what);

    /** Whether its process ended by itself with an exit code other than 0. */
    default boolean isNonZeroExit() {
        return this instanceof Exited exited && exited.exitCode() != 0;
    }

    /**
     * Its process ended by itself, and its output files are uploaded.
     *
     * @param exitCode the exit code; 128 and a signal's number when a signal ended it
     */
    record Exited(int exitCode) implements WorkOutcome {
        @Override
        public OptionalInt code() {
            return OptionalInt.of(exitCode);
        }

        @Override
        public Optional<FailureInfo> problem(String what) {
            return exitCode == 0
                    ? Optional.empty()
                    : Optional.of(FailureInfo.of("FailureExitCode", what + " ended with exit code " + exitCode));
        }
    }

    /**
     * Its process never ran.
     *
     * @param failure why
     */
    record CouldNotStart(FailureInfo failure) implements WorkOutcome {
        @Override
        public Optional<FailureInfo> problem(String what) {
            return Optional.of(failure);
        }
    }

    /**
     * Its process ended by itself, but an output file could not be uploaded.
     *
     * @param exitCode the exit code
     * @param failure why
     */
    record UploadFailed(int exitCode, FailureInfo failure) implements WorkOutcome {
        @Override
        public OptionalInt code() {
            return OptionalInt.of(exitCode);
        }

        @Override
        public Optional<FailureInfo> problem(String what) {
            return Optional.of(failure);
        }
    }

    /**
     * It was ended from outside, with all its processes.
     *
     * @param reason by whom
     */
    record Ended(EndReason reason) implements WorkOutcome {
        @Override
        public Optional<FailureInfo> problem(String what) {
            return Optional.of(FailureInfo.of("TaskEnded", what + " was ended"));
        }
    }
}
