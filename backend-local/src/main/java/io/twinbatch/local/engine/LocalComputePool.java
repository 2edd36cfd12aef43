package io.twinbatch.local.engine;

import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.engine.view.LocalPoolReader;
import io.twinbatch.local.record.PoolRules;
import java.util.Map;
import java.util.Set;

/**
 * Pools of this machine: a node is a folder, and its slots are as many processes at once. The size of a virtual machine
 * and its image are kept and mean nothing; nodes cost nothing and stay, whatever the idle policy says.
 */
public final class LocalComputePool extends LocalPoolReader implements ComputePool {
    private final Engine engine;

    /** The pools of an engine. */
    public LocalComputePool(Engine engine) {
        super(engine::view, engine.nodeFolders());
        this.engine = engine;
    }

    @Override
    public void create(PoolSpec spec) {
        // What cannot be had is refused before anything is made.
        engine.containers().requireAll(spec.containerImages());
        engine.orders().createPool(spec, PoolRules.DEFAULT);
    }

    @Override
    public void resize(PoolId id, int dedicatedNodes, int spotNodes) {
        engine.orders().resizePool(id, Precondition.ANY, dedicatedNodes, spotNodes, RunningTaskPolicy.REQUEUE);
    }

    @Override
    public void updateMetadata(PoolId id, Map<String, String> metadata) {
        engine.orders().changePool(id, spec -> spec.withMetadata(metadata));
    }

    @Override
    public void updateIdlePolicy(PoolId id, IdlePolicy policy) {
        engine.orders().changePool(id, spec -> spec.withIdlePolicy(policy));
    }

    @Override
    public void removeNodes(PoolId id, Set<NodeId> nodes) {
        engine.orders().removeNodes(id, Precondition.ANY, nodes, RunningTaskPolicy.REQUEUE);
    }

    @Override
    public boolean delete(PoolId id) {
        return engine.orders().deletePool(id, Precondition.ANY);
    }
}
