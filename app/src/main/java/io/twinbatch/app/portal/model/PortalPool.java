package io.twinbatch.app.portal.model;

import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.app.inspect.BackendInspector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A pool with its nodes.
 *
 * @param look where it is
 * @param pool the pool
 * @param nodes its nodes
 */
public record PortalPool(BackendInspector look, Pool pool, List<Node> nodes) {
    public PortalPool {
        nodes = List.copyOf(nodes);
    }

    /** How many nodes run tasks. */
    public int busy() {
        return (int)
                nodes.stream().filter(node -> node.state() == NodeState.RUNNING).count();
    }

    /** How many nodes wait for tasks. */
    public int idle() {
        return (int)
                nodes.stream().filter(node -> node.state() == NodeState.IDLE).count();
    }

    /** How many slots are taken. */
    public int busySlots() {
        return nodes.stream().mapToInt(Node::runningTasks).sum();
    }

    /** How many slots its nodes have. */
    public int slots() {
        return nodes.size() * pool.spec().slotsPerNode();
    }

    /** Whether it has nodes, or is about to have some, which a provider charges for. */
    public boolean bills() {
        int current = pool.currentDedicatedNodes() + pool.currentSpotNodes();
        int wanted = pool.spec().nodes();
        return current > 0 || (wanted > 0 && pool.state() != PoolState.DELETING);
    }

    /** How long its nodes have been there in total, at most: as if each had come with the pool. */
    public Duration nodeTime(Instant now) {
        Duration age = Duration.between(pool.created(), now);
        return age.isNegative() ? Duration.ZERO : age.multipliedBy(nodes.size());
    }
}
