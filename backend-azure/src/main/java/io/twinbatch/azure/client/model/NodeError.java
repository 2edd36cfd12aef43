package io.twinbatch.azure.client.model;

import java.util.List;

/** Something that is wrong with a node. */
public record NodeError(String code, String message, List<NameValue> errorDetails) {}
