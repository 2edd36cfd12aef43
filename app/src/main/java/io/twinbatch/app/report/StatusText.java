package io.twinbatch.app.report;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Jobs and pools in words for a person. */
final class StatusText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private StatusText() {}

    static String state(Job job) {
        return switch (job.state()) {
            case ACTIVE -> "active";
            case TERMINATING -> "ending";
            case COMPLETED ->
                "ended" + job.endReason().map(why -> " (" + why + ")").orElse("");
            case DELETING -> "being deleted";
        };
    }

    /**
     * Where the tasks are.
     *
     * @param atWork whether anything runs at the backend; what its records call running was so when it stopped
     */
    static String counts(TaskCounts counts, boolean atWork) {
        if (counts.total() == 0) {
            return "no tasks";
        }
        List<String> parts = new ArrayList<>();
        add(parts, counts.queued(), "queued");
        add(parts, counts.running(), atWork ? "running" : "running when it stopped");
        add(parts, counts.succeeded(), "succeeded");
        add(parts, counts.failed(), "failed");
        return HumanFormat.count(counts.total(), "task") + ": " + String.join(", ", parts);
    }

    private static void add(List<String> parts, int number, String what) {
        if (number > 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s", number, what));
        }
    }

    static String pool(Pool pool) {
        int there = pool.currentDedicatedNodes() + pool.currentSpotNodes();
        int wanted = pool.spec().nodes();
        String nodes =
                there == wanted ? HumanFormat.count(there, "node") : there + " of " + HumanFormat.count(wanted, "node");
        return pool.state() == PoolState.STEADY ? nodes : nodes + ", " + state(pool.state());
    }

    private static String state(PoolState state) {
        return switch (state) {
            case STEADY -> "at rest";
            case RESIZING -> "being resized";
            case DELETING -> "being deleted";
        };
    }

    static String moment(Instant time) {
        return TIME.format(time);
    }

    static String span(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.toDays() >= 2 ? HumanFormat.count(time.toDays(), "day") : HumanFormat.duration(time);
    }
}
