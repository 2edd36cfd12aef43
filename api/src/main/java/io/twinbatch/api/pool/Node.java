package io.twinbatch.api.pool;

import io.twinbatch.api.task.FailureInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A node as it is now.
 *
 * @param id its identifier within the pool
 * @param state what it is doing
 * @param stateSince since when, by the provider's clock
 * @param dedicated whether it is dedicated; a spot node otherwise
 * @param runningTasks how many tasks it runs
 * @param startTask how its start task went; empty when it has none or has not begun it
 * @param errors what the provider says is wrong with it, such as why it is unusable; empty when nothing is
 */
public record Node(
        NodeId id,
        NodeState state,
        Instant stateSince,
        boolean dedicated,
        int runningTasks,
        Optional<StartTaskResult> startTask,
        List<FailureInfo> errors) {
    public Node {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(stateSince, "stateSince");
        Objects.requireNonNull(startTask, "startTask");
        errors = List.copyOf(errors);
    }

    /** A node that nothing is said to be wrong with. */
    public Node(
            NodeId id,
            NodeState state,
            Instant stateSince,
            boolean dedicated,
            int runningTasks,
            Optional<StartTaskResult> startTask) {
        this(id, state, stateSince, dedicated, runningTasks, startTask, List.of());
    }
}
