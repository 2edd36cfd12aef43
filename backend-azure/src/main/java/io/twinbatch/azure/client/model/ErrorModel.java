package io.twinbatch.azure.client.model;

import java.util.List;

/** Errors in answers of the service. */
public final class ErrorModel {
    private ErrorModel() {}

    /**
     * What the service says about a failure.
     *
     * @param code the service's code, such as {@code PoolNotFound}
     * @param message its words; the request's id and the time follow on lines of their own
     * @param values further details; null when there are none
     */
    public record ErrorBody(String code, ErrorMessage message, List<ErrorDetail> values) {}

    /** One detail of an {@link ErrorBody}. */
    public record ErrorDetail(String key, String value) {}

    /** The words of an {@link ErrorBody}. */
    public record ErrorMessage(String lang, String value) {}
}
