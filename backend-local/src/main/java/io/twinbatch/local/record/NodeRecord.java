package io.twinbatch.local.record;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.local.application.InstalledPackage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
 * @param access how it is reached
 * @param packages the application packages with which it was made ready
 */
public record NodeRecord(
        PoolId pool,
        NodeId id,
        boolean dedicated,
        NodeState state,
        Instant since,
        Optional<StartTaskResult> startTask,
        NodeHistory history,
        NodeAccess access,
        List<InstalledPackage> packages) {
    private static final Pattern NUMBERED = Pattern.compile("tvm-(\\d{1,9})-.*");

    /** Completes a record that was written before there was a history, a place or application packages. */
    public NodeRecord {
        history = history == null ? NodeHistory.begun(since) : history;
        access = access == null ? NodeAccess.at(numberOf(id) - 1) : access;
        packages = packages == null ? List.of() : List.copyOf(packages);
    }

    private static int numberOf(NodeId id) {
        Matcher number = NUMBERED.matcher(id.value());
        return number.matches() ? Integer.parseInt(number.group(1)) : 1;
    }

    /** A node that has just joined its pool. */
    public static NodeRecord joined(PoolId pool, NodeId id, boolean dedicated, int place, Instant now) {
        return new NodeRecord(
                pool,
                id,
                dedicated,
                NodeState.STARTING,
                now,
                Optional.empty(),
                NodeHistory.begun(now),
                NodeAccess.at(place),
                List.of());
    }

    /** The same node in another state. */
    public NodeRecord in(NodeState newState, Instant now) {
        return new NodeRecord(pool, id, dedicated, newState, now, startTask, history, access, packages);
    }

    /** The same node with another result of its start task. */
    public NodeRecord withStartTask(StartTaskResult result) {
        return new NodeRecord(pool, id, dedicated, state, since, Optional.of(result), history, access, packages);
    }

    /** The same node, being made ready from the beginning; with its files it loses its users. */
    public NodeRecord restarted(Instant now) {
        boolean emptied = history.restarting().equals(Optional.of(NodeHistory.Restart.REIMAGE));
        NodeAccess left = emptied ? NodeAccess.at(access.place()) : access;
        return new NodeRecord(
                pool, id, dedicated, NodeState.STARTING, now, Optional.empty(), history.booted(now), left, List.of());
    }

    /** The same node, reached in another way. */
    public NodeRecord with(NodeAccess newAccess) {
        return new NodeRecord(pool, id, dedicated, state, since, startTask, history, newAccess, packages);
    }

    /** The same node with another history. */
    public NodeRecord with(NodeHistory newHistory) {
        return new NodeRecord(pool, id, dedicated, state, since, startTask, newHistory, access, packages);
    }

    /** The same node, made ready with application packages. */
    public NodeRecord with(List<InstalledPackage> installed) {
        return new NodeRecord(pool, id, dedicated, state, since, startTask, history, access, installed);
    }
}
