package io.twinbatch.app.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.app.look.Look;
import io.twinbatch.azure.AzureModule;
import io.twinbatch.local.LocalBackend;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalModule;
import java.util.function.Consumer;

/** The one place that chooses a backend. */
public final class Backends implements BackendSession.Starter, LookOpener {
    private final Consumer<String> progress;

    /** Tells of what takes long, in lines for a person. */
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
    public Look look(BackendSettings settings) {
        return settings instanceof AzureSettings azure
                ? new AzureLook(injector(azure))
                : new StateFolderLook(config((LocalSettings) settings));
    }

    private static BackendSession startAzure(AzureSettings settings) {
        return new InjectedSession(injector(settings), PollInterval.REMOTE, () -> {});
    }

    private static Injector injector(AzureSettings settings) {
        return Guice.createInjector(new AzureModule(settings.config(), settings.proxies()));
    }

    private BackendSession startLocal(LocalSettings settings) {
        Injector injector = Guice.createInjector(new LocalModule(config(settings), progress));
        LocalBackend local = injector.getInstance(LocalBackend.class);
        return new InjectedSession(injector, PollInterval.NEARBY, local::close);
    }

    private static LocalConfig config(LocalSettings settings) {
        return new LocalConfig(
                settings.stateDir(),
                settings.cacheDir(),
                settings.azurite().source(),
                settings.azurite().endpoint(),
                settings.azuritePort(),
                settings.faults());
    }
}
