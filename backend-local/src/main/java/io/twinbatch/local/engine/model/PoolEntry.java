package io.twinbatch.local.engine.model;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolState;
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
        if (record.deleting()) {
            return PoolState.DELETING;
        }
        return nodes.values().stream().anyMatch(NodeEntry::isLeaving) ? PoolState.RESIZING : PoolState.STEADY;
    }
}
