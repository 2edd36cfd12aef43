package io.twinbatch.it.memory;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.task.TaskFile;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The pools of a cluster. */
final class MemoryPools implements ComputePool {
    private final MemoryCluster cluster;

    MemoryPools(MemoryCluster cluster) {
        this.cluster = cluster;
    }

    private MemoryPool pool(PoolId id) {
        return Optional.ofNullable(cluster.pools.get(MemoryCluster.lower(id)))
                .orElseThrow(() -> new BatchException(ErrorCode.NOT_FOUND, "pool " + id, "there is none"));
    }

    private MemoryNode node(PoolId id, NodeId node) {
        return pool(id).nodes.stream()
                .filter(found -> found.id.equals(node))
                .findFirst()
                .orElseThrow(() -> new BatchException(ErrorCode.NOT_FOUND, "node " + node, "pool " + id + " has none"));
    }

    private FolderReader folder(PoolId id, NodeId node) {
        return new FolderReader("node " + node + " of pool " + id, node(id, node).root);
    }

    @Override
    public void create(PoolSpec spec) {
        synchronized (cluster) {
            MemoryPool pool = new MemoryPool(spec);
            if (cluster.pools.putIfAbsent(MemoryCluster.lower(spec.id()), pool) != null) {
                throw new BatchException(ErrorCode.ALREADY_EXISTS, "pool " + spec.id(), "there is one of that id");
            }
            cluster.resize(pool, spec.dedicatedNodes(), spec.spotNodes());
        }
    }

    @Override
    public void resize(PoolId id, int dedicatedNodes, int spotNodes) {
        synchronized (cluster) {
            cluster.resize(pool(id), dedicatedNodes, spotNodes);
        }
    }

    @Override
    public void updateMetadata(PoolId id, Map<String, String> metadata) {
        synchronized (cluster) {
            MemoryPool pool = pool(id);
            pool.spec = pool.spec.withMetadata(metadata);
        }
    }

    @Override
    public void updateIdlePolicy(PoolId id, IdlePolicy policy) {
        synchronized (cluster) {
            MemoryPool pool = pool(id);
            pool.spec = pool.spec.withIdlePolicy(policy);
        }
    }

    @Override
    public void removeNodes(PoolId id, Set<NodeId> nodes) {
        if (nodes.isEmpty() || nodes.size() > MAX_REMOVED_NODES) {
            throw new BatchException(
                    ErrorCode.INVALID, "pool " + id, "1 to " + MAX_REMOVED_NODES + " nodes are removed at once");
        }
        synchronized (cluster) {
            MemoryPool pool = pool(id);
            List<MemoryNode> found = nodes.stream().map(node -> node(id, node)).toList();
            found.forEach(node -> cluster.remove(pool, node));
            cluster.resize(pool, pool.count(true), pool.count(false));
        }
    }

    @Override
    public boolean delete(PoolId id) {
        synchronized (cluster) {
            MemoryPool pool = cluster.pools.get(MemoryCluster.lower(id));
            if (pool == null) {
                return false;
            }
            cluster.resize(pool, 0, 0);
            return cluster.pools.remove(MemoryCluster.lower(id), pool);
        }
    }

    @Override
    public Optional<Pool> find(PoolId id) {
        synchronized (cluster) {
            return Optional.ofNullable(cluster.pools.get(MemoryCluster.lower(id)))
                    .map(MemoryPool::snapshot);
        }
    }

    @Override
    public Stream<Pool> list() {
        synchronized (cluster) {
            return cluster.pools.values().stream().map(MemoryPool::snapshot).toList().stream();
        }
    }

    @Override
    public List<Node> nodes(PoolId id) {
        synchronized (cluster) {
            return pool(id).nodes.stream().map(MemoryNode::snapshot).toList();
        }
    }

    @Override
    public List<TaskFile> files(PoolId id, NodeId node, String folder) {
        synchronized (cluster) {
            return folder(id, node).list(folder);
        }
    }

    @Override
    public InputStream readFile(PoolId id, NodeId node, String path, long offset) {
        synchronized (cluster) {
            return folder(id, node).read(path, offset);
        }
    }
}
