package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.workflow.RunEvent.NodesReady;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at one pool for one run: tells how many nodes are ready, warns of each node that failed, and says when no node
 * is going to run the waiting tasks.
 */
final class PoolWatch {
    /** Between an order and the first nodes a pool may look empty and at rest. */
    private static final Duration EMPTY_GRACE = Duration.ofSeconds(30);

    private final PoolId id;
    private final ComputePool pools;
    private final LogTail logs;
    private final Clock clock;
    private final Events events;
    private final Set<NodeId> warnedOf = new HashSet<>();
    private Set<ResizeError> resizeErrors = Set.of();
    private Instant emptySince;
    private int lastReady = -1;

    PoolWatch(PoolId id, ComputePool pools, LogTail logs, Clock clock, Events events) {
        this.id = id;
        this.pools = pools;
        this.logs = logs;
        this.clock = clock;
        this.events = events;
    }

    /** Looks once; returns why no waiting task is ever going to run, when that is so. */
    Optional<BatchException> look() {
        Optional<Pool> found = pools.find(id);
        if (found.isEmpty() || found.get().state() == PoolState.DELETING) {
            return Optional.of(failure(ErrorCode.CONFLICT, "it was deleted while its tasks waited"));
        }
        Pool pool = found.get();
        List<Node> nodes = nodes();
        tellReady(pool, nodes);
        nodes.stream().filter(PoolWatch::isBad).forEach(this::warn);
        warnOfResize(pool, nodes);
        return hopeless(pool, nodes);
    }

    private List<Node> nodes() {
        try {
            return pools.nodes(id);
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private void tellReady(Pool pool, List<Node> nodes) {
        int ready =
                (int) nodes.stream().filter(node -> node.state().takesTasks()).count();
        if (ready != lastReady) {
            lastReady = ready;
            events.tell(new NodesReady(ready, target(pool)));
        }
    }

    private void warn(Node node) {
        if (warnedOf.add(node.id())) {
            events.warn("node " + node.id() + " takes no tasks: " + describe(node));
        }
    }

    private void warnOfResize(Pool pool, List<Node> nodes) {
        Set<ResizeError> now = Set.copyOf(pool.resizeErrors());
        if (!nodes.isEmpty()) {
            now.stream()
                    .filter(error -> !resizeErrors.contains(error))
                    .forEach(error -> events.warn("pool " + id + " has fewer nodes than were asked for: "
                            + error.message() + " (" + error.code() + ")"));
        }
        resizeErrors = now;
    }

    private Optional<BatchException> hopeless(Pool pool, List<Node> nodes) {
        if (nodes.isEmpty()) {
            return hopelessWhenEmpty(pool);
        }
        emptySince = null;
        boolean noMoreToCome = pool.state() == PoolState.STEADY || nodes.size() >= target(pool);
        if (!noMoreToCome || !nodes.stream().allMatch(PoolWatch::isBad)) {
            return Optional.empty();
        }
        // A failed start task says more than a lost machine.
        Node example = nodes.stream()
                .filter(node -> node.state() == NodeState.START_TASK_FAILED)
                .findFirst()
                .orElse(nodes.get(0));
        String which = nodes.size() == 1 ? "its only node" : "none of its " + nodes.size() + " nodes";
        String verb = nodes.size() == 1 ? " takes no tasks: " : " takes tasks; for example node " + example.id() + ": ";
        return Optional.of(failure(ErrorCode.CONFLICT, which + verb + describe(example)));
    }

    private Optional<BatchException> hopelessWhenEmpty(Pool pool) {
        boolean fillsItself = pool.spec().idlePolicy() instanceof IdlePolicy.Release;
        if (pool.state() != PoolState.STEADY
                || (fillsItself && pool.resizeErrors().isEmpty())) {
            emptySince = null;
            return Optional.empty();
        }
        if (!pool.resizeErrors().isEmpty()) {
            ResizeError error = pool.resizeErrors().get(0);
            return Optional.of(new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "pool " + id,
                    "it got no nodes",
                    new ServiceError(error.code(), error.message(), "", Map.of()),
                    null));
        }
        if (emptySince == null) {
            emptySince = clock.instant();
        }
        boolean longEnough = Duration.between(emptySince, clock.instant()).compareTo(EMPTY_GRACE) >= 0;
        return longEnough
                ? Optional.of(failure(ErrorCode.UNAVAILABLE, "it has lost all its nodes while tasks wait"))
                : Optional.empty();
    }

    private String describe(Node node) {
        boolean startTaskFailed = node.state() == NodeState.START_TASK_FAILED;
        StringBuilder text = new StringBuilder(startTaskFailed ? "its start task failed" : "it is unusable");
        Optional<StartTaskResult> result = node.startTask();
        result.filter(task -> startTaskFailed && task.exitCode().isPresent())
                .ifPresent(task ->
                        text.append(" with exit code ").append(task.exitCode().getAsInt()));
        result.flatMap(StartTaskResult::failure)
                .ifPresent(failure -> text.append(" (").append(failure).append(')'));
        String tail = startTaskFailed ? logs.ofStartTask(id, node.id()) : "";
        return tail.isEmpty()
                ? text.toString()
                : text.append("; it wrote:\n").append(tail).toString();
    }

    private static boolean isBad(Node node) {
        return node.state() == NodeState.START_TASK_FAILED || node.state() == NodeState.UNUSABLE;
    }

    private static int target(Pool pool) {
        return pool.spec().dedicatedNodes() + pool.spec().spotNodes();
    }

    private BatchException failure(ErrorCode code, String message) {
        return new BatchException(code, "pool " + id, message);
    }
}
