package io.twinbatch.azure.client.model;

import java.time.Duration;

/**
 * Other numbers of nodes.
 *
 * @param resizeTimeout how long the service tries; null for 15 minutes
 * @param nodeDeallocationOption what happens to tasks on nodes that go; null for {@code requeue}
 */
public record PoolResize(
        Integer targetDedicatedNodes,
        Integer targetLowPriorityNodes,
        Duration resizeTimeout,
        String nodeDeallocationOption) {}
