package io.twinbatch.azure.client.model;

/** One detail of an {@link ErrorBody}. */
public record ErrorDetail(String key, String value) {}
