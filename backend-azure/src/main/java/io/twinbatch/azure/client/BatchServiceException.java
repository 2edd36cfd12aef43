package io.twinbatch.azure.client;

import java.util.Map;
import java.util.Objects;

/** The service refused a request, or its answer could not be understood. */
public final class BatchServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String serviceMessage;
    private final transient Map<String, String> values;
    private final String requestId;
    private final boolean mayHaveBeenDone;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param code the service's code, such as {@code PoolNotFound}; empty when it gave none
     * @param serviceMessage the service's words; empty when it gave none
     * @param values further details by name
     * @param requestId the service's name for the request; empty when it gave none
     * @param mayHaveBeenDone whether an earlier try of the same request may have had its effect
     * @param cause the failure underneath, or null
     */
    public BatchServiceException(
            int status,
            String code,
            String serviceMessage,
            Map<String, String> values,
            String requestId,
            boolean mayHaveBeenDone,
            Throwable cause) {
        super(
                "status " + status + (code.isEmpty() ? "" : ", " + code)
                        + (serviceMessage.isEmpty() ? "" : ": " + serviceMessage),
                cause);
        this.status = status;
        this.code = code;
        this.serviceMessage = serviceMessage;
        this.values = Map.copyOf(values);
        this.requestId = Objects.requireNonNull(requestId, "requestId");
        this.mayHaveBeenDone = mayHaveBeenDone;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The service's code, such as {@code PoolNotFound}; empty when it gave none. */
    public String code() {
        return code;
    }

    /** The service's words, in one line; empty when it gave none. */
    public String serviceMessage() {
        return serviceMessage;
    }

    /** Further details by name. */
    public Map<String, String> values() {
        return values;
    }

    /** The service's name for the request; empty when it gave none. */
    public String requestId() {
        return requestId;
    }

    /**
     * Whether the request was sent before, with an answer that was lost or left open what had become of it. A conflict
     * may then be with the request's own effect.
     */
    public boolean mayHaveBeenDone() {
        return mayHaveBeenDone;
    }
}
