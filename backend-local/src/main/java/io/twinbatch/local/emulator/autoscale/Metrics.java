package io.twinbatch.local.emulator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where a formula's measurements come from. */
@FunctionalInterface
public interface Metrics {
    /** How far apart samples are. */
    Duration PERIOD = Duration.ofSeconds(30);

    /** What is known of a metric, the oldest first; empty when it is not measured. */
    List<Sample> history(Metric metric);

    /**
     * A measurement.
     *
     * @param time when it was taken
     * @param value what was measured
     */
    record Sample(Instant time, double value) {}
}
