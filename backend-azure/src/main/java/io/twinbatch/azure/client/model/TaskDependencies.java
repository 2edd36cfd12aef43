package io.twinbatch.azure.client.model;

import java.util.List;

/** Tasks of the same job that have to succeed first. */
public record TaskDependencies(List<String> taskIds) {}
