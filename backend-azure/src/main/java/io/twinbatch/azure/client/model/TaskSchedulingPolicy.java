package io.twinbatch.azure.client.model;

/** How tasks are spread over nodes: {@code spread} or {@code pack}. */
public record TaskSchedulingPolicy(String nodeFillType) {}
