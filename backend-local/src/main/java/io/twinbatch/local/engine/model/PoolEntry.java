package io.twinbatch.local.engine.model;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.local.record.PoolAllocation;
import io.twinbatch.local.record.PoolRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** A pool with its nodes. */
public final class PoolEntry {
    private PoolRecord record;
    private final Map<NodeId, NodeEntry> nodes = new LinkedHashMap<>();

    PoolEntry(PoolRecord record) {
        this.record = record;
    }

    public PoolRecord record() {
        return record;
    }

    public void record(PoolRecord newRecord) {
        record = newRecord;
    }

    public PoolId id() {
        return record.spec().id();
    }

    public Map<NodeId, NodeEntry> nodes() {
        return nodes;
    }

    public PoolState state() {
        return record.state(hasLeavingNodes());
    }

    /** Whether nodes are to go that have tasks, or have not been gone long enough. */
    public boolean hasLeavingNodes() {
        return nodes.values().stream().anyMatch(NodeEntry::isLeaving);
    }

    /** Whether it can be given another size: a resize may be under way that has nothing left to do. */
    public boolean canChangeSize() {
        return !record.deleting()
                && record.allocation().phase() != PoolAllocation.Phase.STOPPING
                && record.allocation().toCome() == 0
                && !hasLeavingNodes();
    }
}
