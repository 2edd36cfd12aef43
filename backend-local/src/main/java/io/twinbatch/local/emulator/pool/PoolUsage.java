package io.twinbatch.local.emulator.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.NodeTime;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.SizeName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How much of their virtual machines pools have used, in time of processors. */
final class PoolUsage {
    private static final double SECONDS_OF_AN_HOUR = 3600;

    private final EngineView engine;
    private final Clock clock;

    PoolUsage(EngineView engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * The use of a pool in an interval.
     *
     * @param nodes the time of its nodes
     */
    record Metered(PoolRecord pool, Instant start, Duration nodes) {
        ObjectNode render() {
            String size = pool.spec().vmSize();
            double hours = nodes.toMillis() / 1000.0 / SECONDS_OF_AN_HOUR * new SizeName(size).cores();
            return Renderer.object()
                    .put("poolId", pool.spec().id().value())
                    .put("startTime", WireTimes.text(start))
                    .put("endTime", WireTimes.text(start.plus(NodeTime.INTERVAL)))
                    .put("vmSize", size)
                    .put("totalCoreHours", hours);
        }
    }

    /** When the last interval began that has ended. */
    Instant lastInterval() {
        return NodeTime.beginning(clock.instant()).minus(NodeTime.INTERVAL);
    }

    /** What was used in the intervals that lie within a time and have ended, by pool and interval. */
    NavigableMap<String, Metered> within(Instant start, Instant end) {
        NavigableMap<String, Metered> found = new TreeMap<>();
        Instant last = lastInterval();
        for (PoolRecord pool : engine.poolsAfter("").values()) {
            time(pool).intervals().forEach((beginning, nodes) -> {
                boolean wanted = !beginning.isBefore(start)
                        && !beginning.plus(NodeTime.INTERVAL).isAfter(end)
                        && !beginning.isAfter(last);
                if (wanted) {
                    String key = RecordKeys.of(pool.spec().id()) + " " + beginning;
                    found.put(key, new Metered(pool, beginning, nodes));
                }
            });
        }
        return found;
    }

    /** The time of the processors of all dedicated nodes that a pool has and has had. */
    Duration dedicatedCores(PoolRecord pool) {
        return time(pool).dedicated().multipliedBy(new SizeName(pool.spec().vmSize()).cores());
    }

    private NodeTime time(PoolRecord pool) {
        NodeTime time = pool.history().nodesBefore();
        for (NodeRecord node : engine.nodeRecords(pool.spec().id())) {
            time = time.with(node, clock.instant());
        }
        return time;
    }
}
