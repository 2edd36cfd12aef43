package io.twinbatch.azure.account;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;

/** Makes findings. */
final class Findings {
    private Findings() {}

    static Finding passed(String subject, String detail) {
        return new Finding(subject, Result.PASSED, detail, "");
    }

    static Finding warning(String subject, String detail, String remedy) {
        return new Finding(subject, Result.WARNING, detail, remedy);
    }

    static Finding unknown(String subject, String detail, String remedy) {
        return new Finding(subject, Result.UNKNOWN, detail, remedy);
    }

    static Finding failed(String subject, String detail, String remedy) {
        return new Finding(subject, Result.FAILED, detail, remedy);
    }

    /**
     * A failure as a finding.
     *
     * @throws BatchException the failure itself, when it is nothing but the end of waiting
     */
    static Finding failed(String subject, BatchException failure, String remedy) {
        requireNotInterrupted(failure);
        return failed(subject, failure.getMessage(), remedy);
    }

    /** Throws the failure again when the thread is being stopped. */
    static void requireNotInterrupted(BatchException failure) {
        if (Thread.currentThread().isInterrupted()) {
            throw failure;
        }
    }
}
