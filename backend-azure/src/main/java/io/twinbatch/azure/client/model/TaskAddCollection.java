package io.twinbatch.azure.client.model;

import java.util.List;

/** Tasks that are added in one request: at most 100. */
public record TaskAddCollection(List<TaskAdd> value) {}
