package io.twinbatch.app.portal.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Durations counted by buckets, from a tenth of a second to a day. */
final class DurationBuckets {
    private static final double[] BOUNDS = {
        0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400, Double.POSITIVE_INFINITY
    };

    private final long[] counts = new long[BOUNDS.length];
    private double sum;

    static DurationBuckets of(List<Duration> durations) {
        DurationBuckets buckets = new DurationBuckets();
        durations.forEach(buckets::add);
        return buckets;
    }

    private void add(Duration duration) {
        double seconds = Math.max(0, duration.toNanos() / 1e9);
        int bucket = 0;
        while (seconds > BOUNDS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += seconds;
    }

    double sum() {
        return sum;
    }

    ClassicHistogramBuckets toBuckets() {
        return ClassicHistogramBuckets.of(
                Arrays.stream(BOUNDS).boxed().toList(),
                Arrays.stream(counts).boxed().map(Number.class::cast).toList());
    }
}
