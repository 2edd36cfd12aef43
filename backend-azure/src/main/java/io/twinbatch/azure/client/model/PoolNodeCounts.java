package io.twinbatch.azure.client.model;

/** How many nodes of a pool are in which state. */
public record PoolNodeCounts(String poolId, NodeCounts dedicated, NodeCounts lowPriority) {}
