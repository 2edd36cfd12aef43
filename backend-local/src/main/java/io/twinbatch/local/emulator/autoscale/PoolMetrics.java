package io.twinbatch.local.emulator.autoscale;

import java.time.Instant;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * What a formula starts from.
 *
 * @param time now
 * @param targetDedicatedNodes how many dedicated nodes the pool should have so far
 * @param targetLowPriorityNodes how many spot nodes the pool should have so far
 * @param taskSlotsPerNode how many tasks a node runs at once
 * @param metrics what is measured of the pool
 * @param random numbers from 0 to 1 for {@code rand()}
 */
public record PoolMetrics(
        Instant time,
        int targetDedicatedNodes,
        int targetLowPriorityNodes,
        int taskSlotsPerNode,
        Metrics metrics,
        DoubleSupplier random) {
    public PoolMetrics {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(random, "random");
    }
}
