package io.twinbatch.azure.client.model;

/** Why a job is ended; null for {@code UserTerminate}. */
public record JobTerminate(String terminateReason) {}
