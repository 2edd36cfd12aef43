package io.twinbatch.local.node;

import io.twinbatch.api.task.FailureInfo;

/** How a piece of work on a node ended. */
public sealed interface WorkOutcome {
    /**
     * Its process ended by itself, and its output files are uploaded.
     *
     * @param exitCode the exit code; 128 and a signal's number when a signal ended it
     */
    record Exited(int exitCode) implements WorkOutcome {}

    /**
     * Its process never ran.
     *
     * @param failure why
     */
    record CouldNotStart(FailureInfo failure) implements WorkOutcome {}

    /**
     * Its process ended by itself, but an output file could not be uploaded.
     *
     * @param exitCode the exit code
     * @param failure why
     */
    record UploadFailed(int exitCode, FailureInfo failure) implements WorkOutcome {}

    /**
     * It was ended from outside, with all its processes.
     *
     * @param reason by whom
     */
    record Ended(EndReason reason) implements WorkOutcome {}
}
