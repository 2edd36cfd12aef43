package io.twinbatch.azure.client.model;

/** The words of an {@link ErrorBody}. */
public record ErrorMessage(String lang, String value) {}
