package io.twinbatch.local.record;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import java.util.Optional;

/**
 * How a job's preparation and release tasks went on a node, which may be gone since.
 *
 * @param pool the node's pool
 * @param node the node
 * @param preparation how its preparation went
 * @param release how its release went; empty before it began
 */
public record JobOnNode(PoolId pool, NodeId node, NodeTaskResult preparation, Optional<NodeTaskResult> release) {
    /** Whether it is about this node. */
    public boolean isOn(PoolId otherPool, NodeId otherNode) {
        return pool.equals(otherPool) && node.equals(otherNode);
    }
}
