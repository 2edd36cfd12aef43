package io.twinbatch.local.inspect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.resume.RunRecords;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.StoragePort;
import io.twinbatch.local.azurite.AzuriteConfig;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.engine.host.NodeFolders;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.engine.view.LocalJobReader;
import io.twinbatch.local.engine.view.LocalPoolReader;
import io.twinbatch.local.runs.RunRecordFiles;
import io.twinbatch.local.store.StateFolder;
import io.twinbatch.local.store.StateReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A look at the jobs and pools of a state folder, whether another process works on it or nobody does. Nothing is
 * started and nothing changed; what is seen stays as it is until {@link #refresh}.
 */
public final class StateFolderSnapshot {
    private final LocalConfig config;
    private final Path stateDir;
    private final StateReader reader;
    private final NodeFolders folders;
    private volatile EngineView view;
    private long saves;

    // Guarded by this.
    private BlobStoreConfig storeAt;
    private ObjectStore store;

    private StateFolderSnapshot(LocalConfig config) {
        this.config = config;
        this.stateDir = config.stateDir();
        this.reader = new StateReader(stateDir, Sleeper.REAL);
        this.folders = new NodeFolders(stateDir.resolve("nodes"));
        this.saves = reader.saves();
        this.view = read();
    }

    /**
     * Looks at a folder; one that is not there has no jobs and no pools.
     *
     * @throws BatchException {@code CONFLICT} when it was written by another version; {@code UNKNOWN} when its records
     *     are damaged; {@code UNAVAILABLE} when they cannot be read
     */
    public static StateFolderSnapshot at(LocalConfig config) {
        return new StateFolderSnapshot(config);
    }

    /**
     * Sees what has changed.
     *
     * @throws BatchException as {@link #at} does
     */
    public void refresh() {
        // Read before the records, which may be newer then, and never older.
        long now = reader.saves();
        if (now != saves) {
            view = read();
            saves = now;
        }
    }

    private EngineView read() {
        try {
            return EngineView.of(reader.read());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(ErrorCode.UNKNOWN, "state folder " + stateDir, "interrupted while it was read", e);
        }
    }

    /** Its jobs. */
    public JobReader jobs() {
        return new LocalJobReader(() -> view, folders);
    }

    /** Its pools. */
    public PoolReader pools() {
        return new LocalPoolReader(() -> view, folders);
    }

    /**
     * The objects, when they are in an Azurite that the configuration names, or that the process at work on the folder
     * runs; empty otherwise, since a look starts none.
     *
     * @throws BatchException {@code UNAVAILABLE} when the Azurite that is named does not answer
     */
    public Optional<ObjectStore> objects() {
        if (config.azurite() != AzuriteSource.ENDPOINT) {
            Path data = StateFolder.objects(stateDir);
            return owner().flatMap(process -> StoragePort.inUse(data))
                    .flatMap(port -> AzuriteLauncher.running(data, port))
                    .map(azurite -> store(azurite.blobConfig()));
        }
        AzuriteConfig named = AzuriteConfig.atEndpoint(
                config.azuriteEndpoint().orElseThrow(), StateFolder.objects(stateDir), config.cacheDir());
        return Optional.of(store(new AzuriteLauncher().start(named, line -> {}).blobConfig()));
    }

    /** One for as long as it is at the same place: each has an HTTP client with threads of its own. */
    private synchronized ObjectStore store(BlobStoreConfig where) {
        if (!where.equals(storeAt)) {
            storeAt = where;
            store = new BlobObjectStore(where);
        }
        return store;
    }

    /** Whether the record of a run is there, without which it cannot be resumed. */
    public boolean hasRecord(RunId run) {
        return new RunRecordFiles(StateFolder.runs(stateDir))
                .has(RunRecords.key(run).container());
    }

    /** The process whose engine works on the folder now; empty when nothing in it runs. */
    public Optional<Long> owner() {
        return StateFolder.owner(stateDir);
    }
}
