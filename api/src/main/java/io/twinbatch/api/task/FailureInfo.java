package io.twinbatch.api.task;

import io.twinbatch.api.error.Redaction;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Why a task or start task failed, in the provider's words.
 *
 * @param code the provider's code, such as {@code BlobNotFound} or {@code TaskEnded}
 * @param message what happened, for a person
 * @param details further named values; never secrets
 */
public record FailureInfo(String code, String message, Map<String, String> details) {
    public FailureInfo {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        message = Redaction.withoutSecrets(message);
        details = details.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, detail -> Redaction.withoutSecrets(detail.getValue())));
    }

    /** A failure without details. */
    public static FailureInfo of(String code, String message) {
        return new FailureInfo(code, message, Map.of());
    }

    @Override
    public String toString() {
        return details.isEmpty() ? code + ": " + message : code + ": " + message + " " + details;
    }
}
