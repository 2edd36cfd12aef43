package io.twinbatch.api.pool;

import java.util.Objects;

/**
 * Why a pool did not reach its target counts.
 *
 * @param code the provider's code, such as {@code AccountCoreQuotaReached}
 * @param message the provider's message
 */
public record ResizeError(String code, String message) {
    public ResizeError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
