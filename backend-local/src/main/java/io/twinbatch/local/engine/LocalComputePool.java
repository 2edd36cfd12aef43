package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskFile;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.state.PoolRules;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pools of this machine: a node is a folder, and its slots are as many processes at once. The size of a virtual machine
 * and its image are kept and mean nothing; idle nodes cost nothing and stay.
 */
public final class LocalComputePool implements ComputePool {
    private final Engine engine;

    /** The pools of an engine. */
    public LocalComputePool(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void create(PoolSpec spec) {
        engine.orders().createPool(spec, PoolRules.DEFAULT);
    }

    @Override
    public Optional<Pool> find(PoolId id) {
        return engine.view().pool(id);
    }

    @Override
    public Stream<Pool> list() {
        return engine.view().pools();
    }

    @Override
    public void resize(PoolId id, int dedicatedNodes, int spotNodes) {
        engine.orders().resizePool(id, Unchanged.ANY, dedicatedNodes, spotNodes, Displacement.REQUEUE);
    }

    @Override
    public void updateMetadata(PoolId id, Map<String, String> metadata) {
        engine.orders().changePoolMetadata(id, metadata);
    }

    @Override
    public void removeNodes(PoolId id, Set<NodeId> nodes) {
        engine.orders().removeNodes(id, Unchanged.ANY, nodes, Displacement.REQUEUE);
    }

    @Override
    public boolean delete(PoolId id) {
        return engine.orders().deletePool(id, Unchanged.ANY);
    }

    @Override
    public List<Node> nodes(PoolId id) {
        return engine.view().nodes(id);
    }

    @Override
    public List<TaskFile> files(PoolId id, NodeId node, String folder) {
        return NodeFiles.list(describe(id, node), root(id, node), folder, true);
    }

    @Override
    public InputStream readFile(PoolId id, NodeId node, String path, long offset) {
        return NodeFiles.read(describe(id, node), root(id, node), path, offset);
    }

    private Path root(PoolId id, NodeId node) {
        boolean known =
                engine.view().nodes(id).stream().anyMatch(member -> member.id().equals(node));
        if (!known) {
            throw new BatchException(ErrorCode.NOT_FOUND, describe(id, node), "there is no such node");
        }
        return engine.nodeFolder(id, node).root();
    }

    private static String describe(PoolId id, NodeId node) {
        return "node " + node + " of pool " + id;
    }
}
