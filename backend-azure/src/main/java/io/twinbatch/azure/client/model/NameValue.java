package io.twinbatch.azure.client.model;

/** A name with its value, as details, metadata, environment settings and upload headers have it. */
public record NameValue(String name, String value) {}
