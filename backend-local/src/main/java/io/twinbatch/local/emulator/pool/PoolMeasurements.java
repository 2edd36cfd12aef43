package io.twinbatch.local.emulator.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.local.emulator.autoscale.Metric;
import io.twinbatch.local.emulator.autoscale.Metrics;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is measured of pools, twice a minute, for their formulas. Every node is this machine: what the machine uses is what
 * the nodes of a pool use, as long as it has any.
 */
final class PoolMeasurements {
    private static final Duration KEPT = Duration.ofHours(6);

    private final EngineView engine;
    private final MachineFiles machine;
    private final Clock clock;
    private final Map<String, Series> histories = new HashMap<>();

    private record Measurement(Instant time, Map<Metric, Double> values, MachineReading machine) {}

    /** The measurements of a pool that are kept, and the sums of all. */
    private record Series(Deque<Measurement> kept, ResourceTotals totals) {}

    PoolMeasurements(EngineView engine, MachineFiles machine, Clock clock) {
        this.engine = engine;
        this.machine = machine;
        this.clock = clock;
    }

    private static String key(PoolRecord pool) {
        return pool.spec().id().value().toLowerCase(Locale.ROOT) + " " + pool.created();
    }

    /** Measures those pools for which it is time, and forgets all others that are not there any more. */
    synchronized void take(List<PoolRecord> pools) {
        Instant now = clock.instant();
        Optional<MachineReading> reading = Optional.empty();
        histories.keySet().retainAll(pools.stream().map(PoolMeasurements::key).collect(Collectors.toSet()));
        for (PoolRecord pool : pools) {
            Series series = histories.computeIfAbsent(
                    key(pool), any -> new Series(new ArrayDeque<>(), new ResourceTotals(now)));
            Deque<Measurement> history = series.kept();
            Measurement last = history.peekLast();
            if (last == null || !last.time().plus(Metrics.PERIOD).isAfter(now)) {
                reading = reading.or(() -> Optional.of(machine.read()));
                Measurement measured = measure(pool, now, reading.get(), Optional.ofNullable(last));
                history.addLast(measured);
                series.totals().add(now, measured.values());
            }
            while (history.getFirst().time().plus(KEPT).isBefore(now)) {
                history.removeFirst();
            }
        }
    }

    /** The measurements of a pool. */
    Metrics of(PoolRecord pool) {
        return metric -> history(pool, metric);
    }

    private synchronized List<Metrics.Sample> history(PoolRecord pool, Metric metric) {
        Series series = histories.get(key(pool));
        return series == null
                ? List.of()
                : series.kept().stream()
                        .filter(taken -> taken.values().containsKey(metric))
                        .map(taken ->
                                new Metrics.Sample(taken.time(), taken.values().get(metric)))
                        .toList();
    }

    /** What the nodes of a pool have used since this program measures them; empty while that is not known. */
    synchronized Optional<ObjectNode> totals(PoolRecord pool) {
        return Optional.ofNullable(histories.get(key(pool)))
                .flatMap(series -> series.totals().render());
    }

    private Measurement measure(PoolRecord pool, Instant now, MachineReading reading, Optional<Measurement> last) {
        List<NodeRecord> nodes = engine.nodeRecords(pool.spec().id());
        Map<Metric, Double> values = counts(pool, nodes);
        if (!nodes.isEmpty()) {
            // Without an earlier measurement, only what is in use now is known.
            values.putAll(last.map(before -> reading.since(before.machine())).orElse(reading.levels()));
            last.ifPresent(before -> values.put(
                    Metric.WALL_CLOCK_SECONDS,
                    (double) Duration.between(before.time(), now).toSeconds() * nodes.size()));
        }
        return new Measurement(now, values, reading);
    }

    private Map<Metric, Double> counts(PoolRecord pool, List<NodeRecord> nodes) {
        int active = 0;
        int running = 0;
        int succeeded = 0;
        int failed = 0;
        for (JobRecord job : engine.jobsAfter("").values()) {
            if (!job.spec().pool().value().equalsIgnoreCase(pool.spec().id().value())) {
                continue;
            }
            TaskCounts counts = engine.counts(job.spec().id());
            active += job.state().takesTasks() ? counts.queued() : 0;
            running += counts.running();
            succeeded += counts.succeeded();
            failed += counts.failed();
        }
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.ACTIVE_TASKS, (double) active);
        values.put(Metric.RUNNING_TASKS, (double) running);
        values.put(Metric.PENDING_TASKS, (double) active + running);
        values.put(Metric.SUCCEEDED_TASKS, (double) succeeded);
        values.put(Metric.FAILED_TASKS, (double) failed);
        long dedicated = nodes.stream().filter(NodeRecord::dedicated).count();
        values.put(Metric.CURRENT_DEDICATED_NODES, (double) dedicated);
        values.put(Metric.CURRENT_LOW_PRIORITY_NODES, (double) nodes.size() - dedicated);
        values.put(Metric.SAMPLE_NODE_COUNT, (double) nodes.size());
        values.put(Metric.PREEMPTED_NODE_COUNT, (double) count(nodes, NodeState.PREEMPTED));
        values.put(Metric.USABLE_NODE_COUNT, (double) count(nodes, NodeState.IDLE));
        return values;
    }

    private static long count(List<NodeRecord> nodes, NodeState state) {
        return nodes.stream().filter(node -> node.state() == state).count();
    }
}
