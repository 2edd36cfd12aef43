package io.twinbatch.app.run;

import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.inspect.StateFolderSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A look at a state folder of this machine, on which a run or an emulator may be at work. */
final class StateFolderInspector implements BackendInspector {
    /** Each look may copy the records, so that it is not taken as often as by the process that has them in memory. */
    private static final PollInterval INTERVAL = new PollInterval(Duration.ofMillis(100), Duration.ofMillis(500));

    private final LocalConfig config;
    private final StateFolderSnapshot look;

    StateFolderInspector(LocalConfig config) {
        this.config = config;
        this.look = StateFolderSnapshot.at(config);
    }

    /** Whether this is the state folder that it looks at. */
    boolean isOf(Path folder) {
        return config.stateDir().equals(folder);
    }

    @Override
    public JobReader jobs() {
        return look.jobs();
    }

    @Override
    public PoolReader pools() {
        return look.pools();
    }

    @Override
    public void refresh() {
        look.refresh();
    }

    @Override
    public Optional<ObjectStore> store() {
        return look.objects();
    }

    @Override
    public Optional<String> standstill() {
        return look.owner().isPresent()
                ? Optional.empty()
                : Optional.of("no run and no emulator uses the state folder " + config.stateDir());
    }

    @Override
    public Optional<Long> process() {
        return look.owner();
    }

    @Override
    public boolean hasRecord(RunId run) {
        return look.hasRecord(run);
    }

    @Override
    public Waiter waiter() {
        return new Waiter(Sleeper.REAL, INTERVAL);
    }
}
