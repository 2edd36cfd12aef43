package io.twinbatch.local.emulator.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.autoscale.Metric;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.WireTimes;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the nodes of a pool have used in all, since they were first measured. */
final class ResourceTotals {
    private static final double MEGABYTES_OF_A_GIGABYTE = 1024;
    private static final double GIGABYTE = 1 << 30;
    private static final double PERCENT = 100;

    private final Instant start;
    private final Map<Metric, DoubleSummaryStatistics> values = new EnumMap<>(Metric.class);
    private Instant end;

    ResourceTotals(Instant start) {
        this.start = start;
        this.end = start;
    }

    void add(Instant time, Map<Metric, Double> measured) {
        end = time;
        measured.forEach((metric, value) -> values.computeIfAbsent(metric, any -> new DoubleSummaryStatistics())
                .accept(value));
    }

    /** As the service shows it; empty while something that belongs to it is not known. */
    Optional<ObjectNode> render() {
        List<Metric> needed = List.of(
                Metric.CPU_PERCENT,
                Metric.MEMORY_BYTES,
                Metric.DISK_BYTES,
                Metric.DISK_READ_BYTES,
                Metric.NETWORK_IN_BYTES);
        if (!values.keySet().containsAll(needed)) {
            return Optional.empty();
        }
        DoubleSummaryStatistics memory = values.get(Metric.MEMORY_BYTES);
        DoubleSummaryStatistics disk = values.get(Metric.DISK_BYTES);
        return Optional.of(Renderer.object()
                .put("startTime", WireTimes.text(start))
                .put("lastUpdateTime", WireTimes.text(end))
                .put("avgCPUPercentage", values.get(Metric.CPU_PERCENT).getAverage() * PERCENT)
                .put("avgMemoryGiB", memory.getAverage() / MEGABYTES_OF_A_GIGABYTE)
                .put("peakMemoryGiB", memory.getMax() / MEGABYTES_OF_A_GIGABYTE)
                .put("avgDiskGiB", disk.getAverage())
                .put("peakDiskGiB", disk.getMax())
                .put("diskReadIOps", whole(Metric.DISK_READ_OPS))
                .put("diskWriteIOps", whole(Metric.DISK_WRITE_OPS))
                .put("diskReadGiB", sum(Metric.DISK_READ_BYTES) / GIGABYTE)
                .put("diskWriteGiB", sum(Metric.DISK_WRITE_BYTES) / GIGABYTE)
                .put("networkReadGiB", sum(Metric.NETWORK_IN_BYTES) / GIGABYTE)
                .put("networkWriteGiB", sum(Metric.NETWORK_OUT_BYTES) / GIGABYTE));
    }

    private double sum(Metric metric) {
        return values.get(metric).getSum();
    }

    /** The service writes whole numbers of 64 bits as text. */
    private String whole(Metric metric) {
        return Long.toString((long) sum(metric));
    }
}
