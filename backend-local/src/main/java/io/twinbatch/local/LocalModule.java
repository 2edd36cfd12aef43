package io.twinbatch.local;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.local.engine.LocalComputePool;
import io.twinbatch.local.engine.LocalJobQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Binds {@link ObjectStore}, {@link ComputePool}, {@link JobQueue} and {@link Preflight} to this machine. The creator of the injector closes
 * its {@link LocalBackend} at the end.
 */
public final class LocalModule extends AbstractModule {
    private final Supplier<LocalBackend> opener;

    /**
     * The backend of a configuration.
     *
     * @param progress hears, in lines for a person, what takes long, such as installing Azurite for the first time
     */
    public LocalModule(LocalConfig config, Consumer<String> progress) {
        this(() -> LocalBackend.open(config, progress));
    }

    private LocalModule(Supplier<LocalBackend> opener) {
        this.opener = opener;
    }

    /**
     * The backend of a configuration, which does not mind others that are at work in the same state folder: it uses the
     * first of the folders for engines there that is free.
     *
     * @param progress hears, in lines for a person, what takes long
     */
    public static LocalModule besideOthers(LocalConfig config, Consumer<String> progress) {
        return new LocalModule(() -> LocalBackend.openBesideOthers(config, progress));
    }

    @Provides
    @Singleton
    LocalBackend backend() {
        return opener.get();
    }

    @Provides
    @Singleton
    ObjectStore objectStore(LocalBackend backend) {
        return backend.objectStore();
    }

    @Provides
    @Singleton
    ComputePool computePool(LocalBackend backend) {
        return new LocalComputePool(backend.engine());
    }

    @Provides
    Preflight preflight(LocalBackend backend) {
        return new LocalPreflight(backend.engine().containers());
    }

    @Provides
    @Singleton
    JobQueue jobQueue(LocalBackend backend) {
        return new LocalJobQueue(backend.engine());
    }
}
