package io.twinbatch.app.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.azure.AzureModule;
import io.twinbatch.local.LocalBackend;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalModule;
import io.twinbatch.local.TaskUserMode;
import io.twinbatch.local.store.EngineFolders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The one place that chooses a backend. */
public final class Backends implements BackendSession.Starter, InspectorFactory {
    private final Consumer<String> progress;

    /** Reports steps that take long, in lines for the user. */
    public Backends(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public BackendSession start(BackendSettings settings) {
        if (settings instanceof AzureSettings azure) {
            return startAzure(azure);
        }
        return startLocal((LocalSettings) settings);
    }

    @Override
    public List<BackendInspector> look(BackendSettings settings) {
        if (settings instanceof AzureSettings azure) {
            Injector injector = injector(azure);
            return List.of(LiveInspector.remote(
                    injector.getInstance(JobQueue.class),
                    injector.getInstance(ComputePool.class),
                    () -> injector.getInstance(ObjectStore.class)));
        }
        return lookAgain(settings, List.of());
    }

    @Override
    public List<BackendInspector> lookAgain(BackendSettings settings, List<BackendInspector> before) {
        if (!(settings instanceof LocalSettings local)) {
            return before;
        }
        LocalConfig config = config(local);
        return new EngineFolders(config.stateDir())
                .existing().stream()
                        .map(folder -> before.stream()
                                .filter(inspector -> ((StateFolderInspector) inspector).isOf(folder))
                                .findFirst()
                                .orElseGet(() -> new StateFolderInspector(config.at(folder))))
                        .toList();
    }

    private static BackendSession startAzure(AzureSettings settings) {
        return new InjectedSession(
                injector(settings), InjectedSession.Kind.REMOTE, () -> ConcurrentRuns.NONE, () -> {});
    }

    private static Injector injector(AzureSettings settings) {
        settings.requireEmulator();
        return Guice.createInjector(new AzureModule(settings.config(), settings.proxies()));
    }

    private BackendSession startLocal(LocalSettings settings) {
        LocalConfig config = config(settings);
        return switch (settings.engines()) {
            case FIRST_FREE -> session(LocalModule.besideOthers(config, progress), config);
            case EVERY_FREE ->
                new UnlockedEngines(
                        config, folder -> session(new LocalModule(config.at(folder), progress), config), progress);
        };
    }

    private static BackendSession session(LocalModule module, LocalConfig config) {
        Injector injector = Guice.createInjector(module);
        LocalBackend local = injector.getInstance(LocalBackend.class);
        return new InjectedSession(
                injector, InjectedSession.Kind.NEARBY, () -> ConcurrentRuns.in(config), local::close);
    }

    private static LocalConfig config(LocalSettings settings) {
        return new LocalConfig(
                settings.stateDir(),
                settings.cacheDir(),
                settings.azurite().source(),
                settings.azurite().endpoint(),
                settings.azuritePort(),
                HostName.LOOPBACK,
                settings.faults(),
                Optional.empty(),
                Duration.ZERO,
                TaskUserMode.OFF);
    }
}
