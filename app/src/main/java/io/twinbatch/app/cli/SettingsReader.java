package io.twinbatch.app.cli;

import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.app.config.ConfigFile;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.run.AzureSettings;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.LocalSettings;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;

/** Finds out what a backend needs to know, before anything is started. */
final class SettingsReader {
    private final AppEnvironment appEnvironment;

    SettingsReader(AppEnvironment appEnvironment) {
        this.appEnvironment = appEnvironment;
    }

    /**
     * The settings of the backend that is chosen.
     *
     * @throws io.twinbatch.app.exit.UsageException when the configuration file cannot be used
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when settings are missing or malformed
     */
    BackendSettings read(BackendOptions where, GeneralOptions general) {
        return switch (where.backend) {
            case LOCAL -> withoutObstacle(local(where));
            case AZURE -> azure(general);
        };
    }

    /**
     * The settings of the backend that is chosen, for a command that changes something there: a local one can keep its
     * state.
     *
     * @throws io.twinbatch.app.exit.UsageException as {@link #read} does
     * @throws io.twinbatch.api.error.BatchException as {@link #read} does; {@code INVALID} also for a state folder that
     *     cannot be used
     */
    BackendSettings readForWork(BackendOptions where, GeneralOptions general) {
        BackendSettings settings = read(where, general);
        if (settings instanceof LocalSettings local) {
            StateFolder.requireUsable(local.stateDir());
        }
        return settings;
    }

    private static LocalSettings withoutObstacle(LocalSettings settings) {
        new WritableFolder(settings.stateDir()).obstacle().ifPresent(obstacle -> {
            throw new UsageException(
                    "state folder " + settings.stateDir() + ": " + obstacle + "; choose another one (--state-dir)");
        });
        return settings;
    }

    /** The settings of the local backend. */
    LocalSettings local(BackendOptions where) {
        Path folder = where.stateDir
                .map(appEnvironment.workingFolder()::resolve)
                .orElse(appEnvironment.folders().state());
        return new LocalSettings(folder, appEnvironment.folders().cache(), where.azurite, where.azuritePort);
    }

    /** The settings of the Azure backend. */
    AzureSettings azure(GeneralOptions general) {
        return AzureSettings.read(
                appEnvironment.environment(), ConfigFile.find(general.config, appEnvironment.folders()));
    }
}
