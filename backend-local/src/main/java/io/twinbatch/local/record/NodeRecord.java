package io.twinbatch.local.record;

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
 * @param state what it is doing; whether it is running tasks follows from the tasks, so that {@code RUNNING} is never kept
 * @param since since when
 * @param startTask how its start task went
 * @param history what happened when
 */
public record NodeRecord(
        PoolId pool,
        NodeId id,
        boolean dedicated,
        NodeState state,
        Instant since,
        Optional<StartTaskResult> startTask,
        NodeHistory history) {
    /** Completes a record that was written before there was a history. */
    public NodeRecord {
        history = history == null ? NodeHistory.begun(since) : history;
    }

    /** A node that has just joined its pool. */
    public static NodeRecord joined(PoolId pool, NodeId id, boolean dedicated, Instant now) {
        return new NodeRecord(pool, id, dedicated, NodeState.STARTING, now, Optional.empty(), NodeHistory.begun(now));
    }

    /** The same node in another state. */
    public NodeRecord in(NodeState newState, Instant now) {
        return new NodeRecord(pool, id, dedicated, newState, now, startTask, history);
    }

    /** The same node with another result of its start task. */
    public NodeRecord withStartTask(StartTaskResult result) {
        return new NodeRecord(pool, id, dedicated, state, since, Optional.of(result), history);
    }

    /** The same node, being made ready from the beginning. */
    public NodeRecord restarted(Instant now) {
        return new NodeRecord(pool, id, dedicated, NodeState.STARTING, now, Optional.empty(), history.booted(now));
    }

    /** The same node with another history. */
    public NodeRecord with(NodeHistory newHistory) {
        return new NodeRecord(pool, id, dedicated, state, since, startTask, newHistory);
    }
}
