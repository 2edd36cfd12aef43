package io.twinbatch.it.memory;

import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.it.contract.BatchFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A provider in memory, for the suites of pools and jobs. */
final class MemoryBatchFixture implements BatchFixture {
    private final MemoryObjects kept = new MemoryObjects();
    private final SignedUrlServer urls = new SignedUrlServer(kept);
    private final MemoryStore objects = new MemoryStore(kept, urls);
    private final MemoryCluster cluster;
    private final MemoryPools pools;
    private final MemoryJobs jobs;

    MemoryBatchFixture(Path folder) {
        cluster = new MemoryCluster(folder);
        pools = new MemoryPools(cluster);
        jobs = new MemoryJobs(cluster);
    }

    @Override
    public ComputePool pools() {
        return pools;
    }

    @Override
    public JobQueue jobs() {
        return jobs;
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    @Override
    public PoolSpec pool(PoolId id, int nodes) {
        return PoolSpec.of(id, nodes);
    }

    @Override
    public PoolSpec containerPool(PoolId id, ContainerImage image) {
        throw new UnsupportedOperationException("its nodes run no containers");
    }

    @Override
    public PollInterval pollInterval() {
        return PollInterval.NEARBY;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Set<String> ordinaryVariables() {
        return Set.of("PATH", "HOME", "MEMORY_RUN");
    }

    @Override
    public void close() {
        cluster.close();
        urls.close();
    }
}
