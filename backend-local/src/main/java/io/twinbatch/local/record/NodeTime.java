package io.twinbatch.local.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long nodes have been in a pool, summed over the nodes.
 *
 * @param dedicated the time of dedicated nodes, since the pool was made
 * @param intervals the time of all nodes within each half hour, by its beginning; what lies more than a week before the
 *     last change is forgotten
 */
public record NodeTime(Duration dedicated, Map<Instant, Duration> intervals) {
    /** How long an interval is. */
    public static final Duration INTERVAL = Duration.ofMinutes(30);

    /** Of a pool that has had no nodes. */
    public static final NodeTime NONE = new NodeTime(Duration.ZERO, Map.of());

    private static final Duration KEPT = Duration.ofDays(7);

    public NodeTime {
        intervals = Map.copyOf(intervals);
    }

    /** With the time of a further node, up to a moment. */
    public NodeTime with(NodeRecord node, Instant end) {
        Instant joined = node.history().allocated();
        if (!joined.isBefore(end)) {
            return this;
        }
        Instant oldest = beginning(end.minus(KEPT));
        Map<Instant, Duration> sums = new TreeMap<>(intervals);
        sums.keySet().removeIf(beginning -> beginning.isBefore(oldest));
        Instant start = joined.isBefore(oldest) ? oldest : joined;
        while (start.isBefore(end)) {
            Instant next = beginning(start).plus(INTERVAL);
            Instant until = next.isBefore(end) ? next : end;
            sums.merge(beginning(start), Duration.between(start, until), Duration::plus);
            start = next;
        }
        Duration whole = Duration.between(joined, end);
        return new NodeTime(node.dedicated() ? dedicated.plus(whole) : dedicated, sums);
    }

    /** When the interval begins that a moment is in. */
    public static Instant beginning(Instant time) {
        long seconds = INTERVAL.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }
}
