package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one poll of a pool has found.
 *
 * @param pool the pool
 * @param nodes its nodes
 * @param unprepared the nodes on which the job's preparation task failed, some of them perhaps gone
 */
public record PoolSnapshot(Pool pool, List<Node> nodes, Map<NodeId, NodePreparation> unprepared) {
    public PoolSnapshot {
        nodes = List.copyOf(nodes);
        unprepared = Map.copyOf(unprepared);
    }

    /** Why a node runs no task of the job; empty for one that does, or that is on its way. */
    public Optional<NodeProblem> problem(Node node) {
        return switch (node.state()) {
            case START_TASK_FAILED -> Optional.of(NodeProblem.START_TASK_FAILED);
            case UNUSABLE -> Optional.of(NodeProblem.UNUSABLE);
            case UNKNOWN -> Optional.of(NodeProblem.LOST);
            case PREEMPTED -> Optional.of(NodeProblem.TAKEN_AWAY);
            case STARTING, WAITING_FOR_START_TASK, IDLE, RUNNING, OFFLINE, LEAVING ->
                unprepared.containsKey(node.id()) ? Optional.of(NodeProblem.UNPREPARED) : Optional.empty();
        };
    }

    /** Whether a node runs tasks of the job. */
    public boolean isReady(Node node) {
        return node.state().takesTasks() && problem(node).isEmpty();
    }

    /** How many nodes run tasks of the job. */
    public int ready() {
        return (int) nodes.stream().filter(this::isReady).count();
    }

    /** How many nodes the pool is to have. */
    public int target() {
        return pool.spec().nodes();
    }

    /** Whether the pool has come to rest. */
    public boolean isSteady() {
        return pool.state() == PoolState.STEADY;
    }

    /** Whether no further node is on its way. */
    public boolean isComplete() {
        return isSteady() || nodes.size() >= target();
    }

    /** What tasks wait for when none of them runs, in words. */
    public String waiting() {
        if (nodes.isEmpty()) {
            return isSteady()
                    ? "the pool has no nodes"
                    : "the provider has not given the pool the first of its " + target() + " nodes yet";
        }
        Map<NodeState, Long> states = nodes.stream()
                .collect(Collectors.groupingBy(
                        Node::state, () -> new EnumMap<>(NodeState.class), Collectors.counting()));
        String counted = states.entrySet().stream()
                .map(entry -> entry.getValue() + " " + label(entry.getKey()))
                .collect(Collectors.joining(", "));
        String ready = ready() > 0 ? "; the provider has not started a task on those that are ready" : "";
        return nodes.size() + " of " + target() + " nodes are there, " + counted + ready;
    }

    /** What a node is doing, in a few words. */
    public static String describe(Node node) {
        return node.state() == NodeState.RUNNING
                ? "running " + node.runningTasks() + (node.runningTasks() == 1 ? " task" : " tasks")
                : label(node.state());
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
