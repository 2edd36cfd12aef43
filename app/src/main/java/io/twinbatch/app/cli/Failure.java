package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.FullDiskException;
import io.twinbatch.app.exit.OutOfMemory;
import io.twinbatch.app.exit.PreflightRefusal;
import io.twinbatch.app.exit.UsageException;
import java.nio.file.FileSystemException;

/**
 * A failure in the words that the user sees.
 *
 * @param cause what was thrown
 * @param message one line for a person
 * @param exitCode how the process ends
 */
record Failure(Throwable cause, String message, ExitCode exitCode) {
    private static final String QUOTA_ADVICE =
            "; app/app cleanup with the same --backend lists what earlier runs have left";

    /** A failure before any work was started: whatever it is, the user has to put something right. */
    static Failure beforeWork(Throwable thrown) {
        Throwable cause = plainest(thrown);
        if (cause instanceof BatchException || cause instanceof UsageException) {
            return new Failure(cause, cause.getMessage(), ExitCode.USAGE);
        }
        return internal(cause);
    }

    /** A failure while the backend was being started or was at work. */
    static Failure atWork(Throwable thrown) {
        Throwable cause = plainest(thrown);
        if (cause instanceof BatchException batch) {
            String advice = batch.code() == ErrorCode.QUOTA ? QUOTA_ADVICE : "";
            return new Failure(cause, cause.getMessage() + advice, exitCode(batch));
        }
        if (cause instanceof UsageException) {
            return new Failure(cause, cause.getMessage(), ExitCode.USAGE);
        }
        if (cause instanceof FullDiskException) {
            return new Failure(cause, cause.getMessage(), ExitCode.LOCAL_DISK);
        }
        if (cause instanceof PreflightRefusal) {
            return new Failure(cause, cause.getMessage(), ExitCode.PROVIDER);
        }
        return internal(cause);
    }

    /** The job that was asked for exists, the pool does not fit, a name is refused: the command line has to change. */
    private static ExitCode exitCode(BatchException failure) {
        return switch (failure.code()) {
            case INVALID, ALREADY_EXISTS, CONFLICT -> ExitCode.USAGE;
            // The user's own time limit is a result of the run; one that is thrown is the provider's.
            case NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, THROTTLED, QUOTA, UNAVAILABLE, TIMEOUT, UNKNOWN ->
                ExitCode.PROVIDER;
        };
    }

    private static Failure internal(Throwable cause) {
        if (FailureReason.isNoMemory(cause)) {
            return new Failure(cause, OutOfMemory.MESSAGE, ExitCode.PROVIDER);
        }
        if (cause instanceof OutOfMemoryError) {
            return new Failure(
                    cause,
                    "this machine or its user may have no further process or thread; raise the limit (ulimit -u), or"
                            + " end other programs",
                    ExitCode.PROVIDER);
        }
        String kind = cause instanceof FileSystemException ? "file system: " : "internal error: ";
        return new Failure(cause, kind + FailureReason.of(cause) + " (--verbose shows where)", ExitCode.PROVIDER);
    }

    /** Injectors and threads wrap what was thrown; what the user can read is underneath. */
    private static Throwable plainest(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BatchException
                    || cause instanceof UsageException
                    || cause instanceof FullDiskException) {
                return cause;
            }
            root = cause;
        }
        return root;
    }
}
