package io.twinbatch.it.memory;

import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A pool, which comes to rest as soon as it is asked for. Guarded by the cluster. */
final class MemoryPool {
    final List<MemoryNode> nodes = new ArrayList<>();
    private final Instant created = Instant.now();
    PoolSpec spec;
    int lastNode;

    MemoryPool(PoolSpec spec) {
        this.spec = spec;
    }

    Pool snapshot() {
        return new Pool(spec, PoolState.STEADY, count(true), count(false), created, List.of());
    }

    int count(boolean dedicated) {
        return (int) nodes.stream().filter(node -> node.dedicated == dedicated).count();
    }
}
