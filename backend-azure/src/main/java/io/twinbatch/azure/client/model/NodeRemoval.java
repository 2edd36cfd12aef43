package io.twinbatch.azure.client.model;

import java.time.Duration;
import java.util.List;

/**
 * Single nodes that are taken out of a pool.
 *
 * @param nodeList at most 100 ids
 * @param nodeDeallocationOption what happens to tasks on them; null for {@code requeue}
 */
public record NodeRemoval(List<String> nodeList, Duration resizeTimeout, String nodeDeallocationOption) {}
