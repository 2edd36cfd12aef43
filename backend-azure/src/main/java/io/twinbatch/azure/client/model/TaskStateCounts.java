package io.twinbatch.azure.client.model;

/** Numbers by state; {@code completed} is {@code succeeded} and {@code failed} together. */
public record TaskStateCounts(int active, int running, int completed, int succeeded, int failed) {}
