package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.app.exit.FullDiskException;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.LocalSettings;
import java.nio.file.Files;

/**
 * Explains a failure of the local backend by a full disk. Its object store only says that it failed.
 *
 * @param settings the backend
 */
record FullDisk(BackendSettings settings) {
    /** What a store that failed for want of room may have left. */
    private static final long LITTLE_BYTES = 16L << 20;

    /** The failure, or a better one. */
    RuntimeException explain(RuntimeException failure) {
        if (!mayBeOfTheDisk(failure) || !(settings instanceof LocalSettings local) || !Files.exists(local.stateDir())) {
            return failure;
        }
        long left = local.stateDir().toFile().getUsableSpace();
        return left >= LITTLE_BYTES
                ? failure
                : new FullDiskException(
                        "the disk of the state folder " + local.stateDir() + " is full (" + HumanFormat.size(left)
                                + " left); make room and try again",
                        failure);
    }

    /** Injectors wrap what was thrown. */
    private static boolean mayBeOfTheDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BatchException batch) {
                return batch.code() == ErrorCode.UNAVAILABLE || batch.code() == ErrorCode.QUOTA;
            }
        }
        return false;
    }
}
