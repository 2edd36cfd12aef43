package io.twinbatch.local.emulator.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal as the service words it: a status, a code from its documentation, a message, and named values.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/batchservice/batch-status-and-error-codes">the service's codes</a>
 */
public final class ServiceFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient Map<String, String> values;

    /**
     * Describes a refusal.
     *
     * @param status the status of the answer, 400 or more
     * @param code the service's code, such as {@code PoolNotFound}
     * @param message what is wrong, in a sentence
     * @param values named values, such as {@code PropertyName}; in the order in which they are to be written
     */
    public ServiceFault(int status, String code, String message, Map<String, String> values) {
        super(message);
        this.status = status;
        this.code = code;
        this.values = new LinkedHashMap<>(values);
    }

    /** A refusal without named values. */
    public ServiceFault(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The service's code. */
    public String code() {
        return code;
    }

    /** Named values. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
