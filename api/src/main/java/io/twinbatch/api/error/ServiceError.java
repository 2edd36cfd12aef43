package io.twinbatch.api.error;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The provider's own account of a failure, kept so that it can be shown and quoted to the provider's support.
 *
 * @param code the provider's error code, such as {@code PoolQuotaReached}; empty when it gave none
 * @param message the provider's message; empty when it gave none
 * @param requestId the provider's identifier of the failed request; empty when it gave none
 * @param details further named values; never secrets
 */
public record ServiceError(String code, String message, String requestId, Map<String, String> details) {
    public ServiceError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(requestId, "requestId");
        message = Redaction.withoutSecrets(message);
        details = details.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, detail -> Redaction.withoutSecrets(detail.getValue())));
    }

    /** The parts that are present, in one line. */
    public String describe() {
        StringBuilder line = new StringBuilder(code.isEmpty() ? "no error code" : code);
        if (!message.isEmpty()) {
            line.append(": ").append(message.strip().replaceAll("\\s*\\R\\s*", " "));
        }
        if (!details.isEmpty()) {
            line.append(details.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(detail -> detail.getKey() + "=" + detail.getValue())
                    .collect(Collectors.joining(", ", " (", ")")));
        }
        if (!requestId.isEmpty()) {
            line.append(" [request ").append(requestId).append(']');
        }
        return line.toString();
    }
}
