package io.twinbatch.api.error;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one exception that the batch interfaces throw. It says what kind of failure it was ({@link #code()}), to which
 * resource it happened ({@link #resource()}), and, when a provider answered, what the provider said
 * ({@link #serviceError()}). Messages carry no secrets: a signed URL is shown without its signature.
 */
public final class BatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String resource;
    private final transient ServiceError serviceError;

    /**
     * A failure without an answer from a provider.
     *
     * @param code the kind of failure
     * @param resource the kind and name of what it happened to, such as {@code pool render-1}
     * @param message what happened and, where it is known, what to do next
     */
    public BatchException(ErrorCode code, String resource, String message) {
        this(code, resource, message, null, null);
    }

    /**
     * A failure with a cause.
     *
     * @param code the kind of failure
     * @param resource the kind and name of what it happened to
     * @param message what happened and, where it is known, what to do next
     * @param cause the failure underneath
     */
    public BatchException(ErrorCode code, String resource, String message, Throwable cause) {
        this(code, resource, message, null, cause);
    }

    /**
     * A failure that a provider reported.
     *
     * @param code the kind of failure
     * @param resource the kind and name of what it happened to
     * @param message what happened and, where it is known, what to do next
     * @param serviceError the provider's own words, or null
     * @param cause the failure underneath, or null
     */
    public BatchException(ErrorCode code, String resource, String message, ServiceError serviceError, Throwable cause) {
        super(compose(resource, message, serviceError), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.resource = Redaction.withoutSecrets(resource);
        this.serviceError = serviceError;
    }

    /**
     * Asks about something that may not exist.
     *
     * @param question asks; its answer is not null
     * @return the answer; empty when it fails with {@code NOT_FOUND}
     */
    public static <T> Optional<T> ifFound(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String compose(String resource, String message, ServiceError serviceError) {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(message, "message");
        String line = resource.isEmpty() ? message : resource + ": " + message;
        return Redaction.withoutSecrets(serviceError == null ? line : line + " (" + serviceError.describe() + ")");
    }

    /** The kind of failure. */
    public ErrorCode code() {
        return code;
    }

    /** The kind and name of the resource, such as {@code container input-17}; empty when there is none. */
    public String resource() {
        return resource;
    }

    /** What the provider said, when it said something. */
    public Optional<ServiceError> serviceError() {
        return Optional.ofNullable(serviceError);
    }
}
