package io.twinbatch.azure.client.model;

/** The pool that a job runs on. */
public record PoolInfo(String poolId) {}
