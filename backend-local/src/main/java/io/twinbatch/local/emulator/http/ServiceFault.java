package io.twinbatch.local.emulator.http;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.error.Redaction;
import java.util.Collections;
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
    private final transient Map<String, String> headers;

    /**
     * Describes a refusal.
     *
     * @param status the status of the answer, 400 or more
     * @param code the service's code, such as {@code PoolNotFound}
     * @param message what is wrong, in a sentence
     * @param values named values, such as {@code PropertyName}; in the order in which they are to be written
     */
    public ServiceFault(int status, String code, String message, Map<String, String> values) {
        this(status, code, message, values, Map.of());
    }

    private ServiceFault(
            int status, String code, String message, Map<String, String> values, Map<String, String> headers) {
        super(Redaction.withoutSecrets(message));
        this.status = status;
        this.code = code;
        Map<String, String> shown = new LinkedHashMap<>(values);
        shown.replaceAll((name, value) -> Redaction.withoutSecrets(value));
        this.values = Collections.unmodifiableMap(shown);
        this.headers = Map.copyOf(headers);
    }

    /** A refusal without named values. */
    public ServiceFault(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /**
     * A parameter of the query that has no legal value.
     *
     * @param value the value that was sent
     * @param reason what is wrong with it, in a sentence
     */
    public static ServiceFault invalidQuery(String name, String value, String reason) {
        return aboutParameter(
                "InvalidQueryParameterValue",
                "Value for one of the query parameters specified in the request URI is invalid.",
                name,
                value,
                reason);
    }

    /**
     * A parameter of the query whose number is too small or too great.
     *
     * @param value the value that was sent
     * @param reason what is wrong with it, in a sentence
     */
    public static ServiceFault queryOutOfRange(String name, String value, String reason) {
        return aboutParameter(
                "OutOfRangeQueryParameterValue",
                "A query parameter specified in the request URI is outside the permissible range.",
                name,
                value,
                reason);
    }

    /** A parameter of the query that no operation has. */
    static ServiceFault unknownQuery(String name) {
        return new ServiceFault(
                400,
                "UnsupportedQueryParameter",
                "One of the query parameters specified in the request URI is not supported.",
                Map.of("QueryParameterName", QuotedValue.of(name)));
    }

    private static ServiceFault aboutParameter(String code, String message, String name, String value, String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("QueryParameterName", name);
        values.put("QueryParameterValue", QuotedValue.of(value));
        values.put("Reason", reason);
        return new ServiceFault(400, code, message, values);
    }

    /** A header that has no legal value. */
    public static ServiceFault invalidHeader(String name, String value) {
        return new ServiceFault(
                400,
                "InvalidHeaderValue",
                "The value for one of the HTTP headers is not in the correct format.",
                Map.of("HeaderName", name, "HeaderValue", QuotedValue.of(value)));
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The service's code. */
    public String code() {
        return code;
    }

    /** Named values, in the order in which they are to be written. */
    public Map<String, String> values() {
        return values;
    }

    /** Headers that the answer has for this refusal, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The same refusal with another value under a name. */
    public ServiceFault withValue(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new ServiceFault(status, code, getMessage(), changed, headers);
    }

    /** The same refusal with these headers and no others. */
    public ServiceFault withHeaders(Map<String, String> ownHeaders) {
        return new ServiceFault(status, code, getMessage(), values, ownHeaders);
    }
}
