package io.twinbatch.app.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.azure.AzureModule;
import io.twinbatch.local.LocalBackend;
import io.twinbatch.local.LocalConfig;
import io.twinbatch.local.LocalModule;
import java.util.function.Consumer;

/** The one place that chooses a backend. */
public final class Backends implements BackendSession.Starter {
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

    private static BackendSession startAzure(AzureSettings settings) {
        Injector injector = Guice.createInjector(new AzureModule(settings.config()));
        return new InjectedSession(injector, PollInterval.REMOTE, () -> {});
    }

    private BackendSession startLocal(LocalSettings settings) {
        LocalConfig config = new LocalConfig(
                settings.stateDir(),
                settings.cacheDir(),
                settings.azurite().source(),
                settings.azurite().endpoint(),
                settings.azuritePort(),
                settings.faults());
        Injector injector = Guice.createInjector(new LocalModule(config, progress));
        LocalBackend local = injector.getInstance(LocalBackend.class);
        return new InjectedSession(injector, PollInterval.NEARBY, local::close);
    }
}
