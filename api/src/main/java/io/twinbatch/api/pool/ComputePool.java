package io.twinbatch.api.pool;

import io.twinbatch.api.error.BatchException;
import java.util.Map;
import java.util.Set;

/**
 * Pools of nodes: what is ordered here, and what is seen of it in {@link PoolReader}.
 *
 * <p>Every method does one remote thing and may be called from any number of threads. Creating, resizing and deleting
 * return as soon as the provider has accepted the request; {@link #find} and {@link #nodes} return its progress.
 * Passing failures are retried inside. Failures are thrown as {@link BatchException}; besides the codes named at each
 * method, every method may report {@code UNAUTHENTICATED}, {@code FORBIDDEN}, {@code THROTTLED} and
 * {@code UNAVAILABLE}.
 */
public interface ComputePool extends PoolReader {
    /** The most nodes that one call removes. */
    int MAX_REMOVED_NODES = 100;

    /**
     * Orders a pool.
     *
     * @throws BatchException {@code ALREADY_EXISTS} when a pool of that id exists, whatever its specification, also
     *     while it is being deleted; {@code QUOTA} when the account may have no further pool; {@code INVALID} when the
     *     provider has no such size or image
     */
    void create(PoolSpec spec);

    /**
     * Orders other numbers of nodes. When nodes have to go, tasks that run on them are queued again.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown pool; {@code CONFLICT} while the pool is being resized or
     *     deleted; {@code INVALID} for a negative number
     */
    void resize(PoolId id, int dedicatedNodes, int spotNodes);

    /**
     * Gives a pool other metadata in the place of what it has.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown pool; {@code CONFLICT} while it is being deleted
     */
    void updateMetadata(PoolId id, Map<String, String> metadata);

    /**
     * Gives a pool another idle policy, for example a lease that ends later. A provider whose nodes cost nothing may
     * keep the policy without acting on it.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown pool; {@code CONFLICT} while it is being resized or
     *     deleted; {@code THROTTLED} when the provider allows no change so soon after the one before
     */
    void updateIdlePolicy(PoolId id, IdlePolicy policy);

    /**
     * Takes single nodes out of a pool and lowers its target counts by them. Tasks that run on them are queued again.
     *
     * @param nodes at least one and at most {@link #MAX_REMOVED_NODES} nodes of the pool
     * @throws BatchException {@code NOT_FOUND} for an unknown pool or node, none being removed then; {@code INVALID} for
     *     no node or too many; {@code CONFLICT} while the pool is being resized or deleted
     */
    void removeNodes(PoolId id, Set<NodeId> nodes);

    /**
     * Orders the end of a pool and its nodes. Tasks that run there are queued again and wait for another pool of that
     * id.
     *
     * @return whether there was a pool to delete; false also when its deletion was ordered before
     */
    boolean delete(PoolId id);
}
