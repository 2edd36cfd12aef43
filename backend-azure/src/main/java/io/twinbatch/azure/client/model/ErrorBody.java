package io.twinbatch.azure.client.model;

import java.util.List;

/**
 * What the service says about a failure.
 *
 * @param code the service's code, such as {@code PoolNotFound}
 * @param message its words; the request's id and the time follow on lines of their own
 * @param values further details; null when there are none
 */
public record ErrorBody(String code, ErrorMessage message, List<ErrorDetail> values) {}
