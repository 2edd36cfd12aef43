package io.twinbatch.api.workflow;

import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one look at a pool has found.
 *
 * @param pool the pool
 * @param nodes its nodes
 * @param unprepared the nodes on which the job's preparation task failed, some of them perhaps gone
 */
record PoolSight(Pool pool, List<Node> nodes, Map<NodeId, NodePreparation> unprepared) {
    PoolSight {
        nodes = List.copyOf(nodes);
        unprepared = Map.copyOf(unprepared);
    }

    /** Why a node runs no task of the job; empty for one that does, or that is on its way. */
    Optional<NodeTrouble> trouble(Node node) {
        return switch (node.state()) {
            case START_TASK_FAILED -> Optional.of(NodeTrouble.START_TASK_FAILED);
            case UNUSABLE -> Optional.of(NodeTrouble.UNUSABLE);
            case UNKNOWN -> Optional.of(NodeTrouble.LOST);
            case PREEMPTED -> Optional.of(NodeTrouble.TAKEN_AWAY);
            case STARTING, WAITING_FOR_START_TASK, IDLE, RUNNING, OFFLINE, LEAVING ->
                unprepared.containsKey(node.id()) ? Optional.of(NodeTrouble.UNPREPARED) : Optional.empty();
        };
    }

    /** Whether a node runs tasks of the job. */
    boolean isReady(Node node) {
        return node.state().takesTasks() && trouble(node).isEmpty();
    }

    /** How many nodes run tasks of the job. */
    int ready() {
        return (int) nodes.stream().filter(this::isReady).count();
    }

    /** How many nodes the pool is to have. */
    int target() {
        return pool.spec().dedicatedNodes() + pool.spec().spotNodes();
    }

    /** Whether the pool has come to rest. */
    boolean isSteady() {
        return pool.state() == PoolState.STEADY;
    }

    /** Whether no further node is on its way. */
    boolean isComplete() {
        return isSteady() || nodes.size() >= target();
    }
}
