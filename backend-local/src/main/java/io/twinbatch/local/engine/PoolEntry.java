package io.twinbatch.local.engine;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.local.state.PoolRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** A pool with its nodes. */
final class PoolEntry {
    private PoolRecord record;
    private final Map<NodeId, NodeEntry> nodes = new LinkedHashMap<>();

    PoolEntry(PoolRecord record) {
        this.record = record;
    }

    PoolRecord record() {
        return record;
    }

    void record(PoolRecord newRecord) {
        record = newRecord;
    }

    PoolId id() {
        return record.spec().id();
    }

    Map<NodeId, NodeEntry> nodes() {
        return nodes;
    }

    PoolState state() {
        if (record.deleting()) {
            return PoolState.DELETING;
        }
        return nodes.values().stream().anyMatch(NodeEntry::isLeaving) ? PoolState.RESIZING : PoolState.STEADY;
    }
}
