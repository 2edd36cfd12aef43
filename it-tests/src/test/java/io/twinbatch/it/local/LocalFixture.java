package io.twinbatch.it.local;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.local.LocalBackend;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalModule;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.disk.UserFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The local backend on a state folder of its own, with an Azurite from npm. */
final class LocalFixture implements BatchFixture {
    private final Injector injector;

    LocalFixture(Path stateDir) {
        LocalConfig config = new LocalConfig(
                stateDir, UserFolder.cacheOfProcess(), AzuriteSource.NPM, Optional.empty(), Optional.empty());
        injector = Guice.createInjector(new LocalModule(config, System.err::println));
    }

    @Override
    public ComputePool pools() {
        return injector.getInstance(ComputePool.class);
    }

    @Override
    public JobQueue jobs() {
        return injector.getInstance(JobQueue.class);
    }

    @Override
    public ObjectStore objects() {
        return injector.getInstance(ObjectStore.class);
    }

    @Override
    public PoolSpec pool(PoolId id, int nodes) {
        return PoolSpec.of(id, nodes);
    }

    @Override
    public PoolSpec containerPool(PoolId id, ContainerImage image) {
        return pool(id, 1).withContainerImages(VmImage.UBUNTU_WITH_CONTAINERS, List.of(image));
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
        return Set.of(
                "PATH", "LANG", "HOME", "TZ", "USER", "LOGNAME", "LD_LIBRARY_PATH", "TMPDIR", "TWINBATCH_WORK_ID");
    }

    @Override
    public void close() {
        injector.getInstance(LocalBackend.class).close();
    }
}
