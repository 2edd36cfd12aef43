package io.twinbatch.api.workflow;

import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.workflow.RunEvent.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Says every few minutes what is being waited for, as long as tasks wait and none runs. */
final class WaitingLine {
    /** Between two lines. */
    static final Duration INTERVAL = Duration.ofMinutes(2);

    private final Clock clock;
    private final Events events;
    private Instant waitingSince;
    private Instant lastTold;

    WaitingLine(Clock clock, Events events) {
        this.clock = clock;
        this.events = events;
    }

    void look(TaskCounts counts, PoolSight sight) {
        if (counts.queued() == 0 || counts.running() > 0) {
            waitingSince = null;
            return;
        }
        Instant now = clock.instant();
        if (waitingSince == null) {
            waitingSince = now;
            lastTold = now;
        }
        if (Duration.between(lastTold, now).compareTo(INTERVAL) >= 0) {
            lastTold = now;
            events.tell(new Waiting(counts.queued(), Duration.between(waitingSince, now), reason(sight)));
        }
    }

    private static String reason(PoolSight sight) {
        if (sight.nodes().isEmpty()) {
            return sight.isSteady()
                    ? "the pool has no nodes"
                    : "the provider has not given the pool the first of its " + sight.target() + " nodes yet";
        }
        Map<NodeState, Long> states = sight.nodes().stream()
                .collect(Collectors.groupingBy(
                        Node::state, () -> new EnumMap<>(NodeState.class), Collectors.counting()));
        String nodes = states.entrySet().stream()
                .map(entry -> entry.getValue() + " " + label(entry.getKey()))
                .collect(Collectors.joining(", "));
        String ready = sight.ready() > 0 ? "; the provider has not started a task on those that are ready" : "";
        return sight.nodes().size() + " of " + sight.target() + " nodes are there, " + nodes + ready;
    }

    private static String label(NodeState state) {
        return switch (state) {
            case STARTING -> "starting";
            case WAITING_FOR_START_TASK -> "running the start task";
            case START_TASK_FAILED -> "without a start task that succeeded";
            case IDLE -> "idle";
            case RUNNING -> "busy with other jobs";
            case OFFLINE -> "taking no new tasks";
            case LEAVING -> "leaving";
            case PREEMPTED -> "taken away";
            case UNUSABLE -> "unusable";
            case UNKNOWN -> "out of contact";
        };
    }
}
