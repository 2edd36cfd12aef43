package io.twinbatch.local.state;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTaskResult;
import java.time.Instant;
import java.util.Optional;

/**
 * A node as the engine keeps it.
 *
 * @param pool its pool
 * @param id its identifier within the pool
 * @param dedicated whether it counts among the dedicated nodes
 * @param state what it is doing; whether it is running tasks is told by the tasks, so that {@code RUNNING} is never kept
 * @param since since when
 * @param startTask how its start task went
 */
public record NodeRecord(
        PoolId pool,
        NodeId id,
        boolean dedicated,
        NodeState state,
        Instant since,
        Optional<StartTaskResult> startTask) {
    /** The same node in another state. */
    public NodeRecord in(NodeState newState, Instant now) {
        return new NodeRecord(pool, id, dedicated, newState, now, startTask);
    }

    /** The same node with another result of its start task. */
    public NodeRecord withStartTask(StartTaskResult result) {
        return new NodeRecord(pool, id, dedicated, state, since, Optional.of(result));
    }
}
