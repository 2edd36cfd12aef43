package io.twinbatch.local.emulator.pool;

import io.twinbatch.local.emulator.autoscale.Metric;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a system says of its use at a moment. What it does not say is missing.
 *
 * @param processors how long its processors have worked since its start
 * @param levels what is in use now
 * @param sums what has been counted since its start
 */
record MachineReading(Optional<Processors> processors, Map<Metric, Double> levels, Map<Metric, Double> sums) {
    MachineReading {
        levels = Map.copyOf(levels);
        sums = Map.copyOf(sums);
    }

    /** What processors have done, in the system's unit of time. */
    record Processors(double busy, double all) {}

    /**
     * What was used from a reading to this one, and is in use now. Counters that are smaller than before have begun anew,
     * and say nothing.
     */
    Map<Metric, Double> since(MachineReading before) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.putAll(levels);
        sums.forEach((metric, sum) -> {
            Double earlier = before.sums.get(metric);
            if (earlier != null && sum >= earlier) {
                values.put(metric, sum - earlier);
            }
        });
        if (processors.isPresent() && before.processors.isPresent()) {
            double all = processors.get().all() - before.processors.get().all();
            double busy = processors.get().busy() - before.processors.get().busy();
            if (all > 0 && busy >= 0) {
                values.put(Metric.CPU_PERCENT, Math.min(1, busy / all));
            }
        }
        return values;
    }
}
