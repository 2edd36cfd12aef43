package io.twinbatch.api.pool;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a pool did not reach its target counts.
 *
 * @param code the provider's code, such as {@code AccountCoreQuotaReached}
 * @param message the provider's message
 * @param remedy what to do about it, as the end of a sentence; empty when nothing better than general advice is known
 */
public record ResizeError(String code, String message, Optional<String> remedy) {
    public ResizeError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        // Stored errors of an earlier version have none.
        remedy = Objects.requireNonNullElse(remedy, Optional.empty());
    }

    /** An error about which no more than general advice is known. */
    public ResizeError(String code, String message) {
        this(code, message, Optional.empty());
    }
}
