package io.twinbatch.azure.client.model;

/** Where output files go. */
public record OutputDestination(OutputContainer container) {}
