package io.twinbatch.app.cli;

import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.app.config.ConfigFile;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.BackendOptions;
import io.twinbatch.app.option.GeneralOptions;
import io.twinbatch.app.run.AzureSettings;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.LocalSettings;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import io.twinbatch.local.azurite.DockerEngine;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Files;
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
            case LOCAL -> withoutObstacle(where);
            case AZURE -> azure(general);
        };
    }

    /**
     * The settings of the backend that is chosen, for a command that changes something there: a local one can keep its
     * state, and install its object store.
     *
     * @throws io.twinbatch.app.exit.UsageException as {@link #read} does
     * @throws io.twinbatch.api.error.BatchException as {@link #read} does; {@code INVALID} also for a state folder that
     *     cannot be used
     */
    BackendSettings readForWork(BackendOptions where, GeneralOptions general) {
        BackendSettings settings = read(where, general);
        if (settings instanceof LocalSettings local) {
            new WritableFolder(local.stateDir()).problem().ifPresent(problem -> refuseStateFolder(where, problem));
            StateFolder.requireUsable(local.stateDir());
            requireCacheFolder(local);
        }
        return settings;
    }

    private LocalSettings withoutObstacle(BackendOptions where) {
        LocalSettings settings = local(where);
        new WritableFolder(settings.stateDir()).obstacle().ifPresent(obstacle -> refuseStateFolder(where, obstacle));
        return settings;
    }

    private void refuseStateFolder(BackendOptions where, String problem) {
        String folder = where.stateDir
                .map(Path::toString)
                .orElseGet(() -> appEnvironment
                        .folders()
                        .describe(appEnvironment.folders().state()));
        throw new UsageException("state folder " + folder + ": " + problem + "; choose another one (--state-dir)");
    }

    /** Azurite is going to be installed in the cache folder, unless it is there or comes from elsewhere. */
    private void requireCacheFolder(LocalSettings local) {
        AzuriteSource source = local.azurite().source();
        boolean mayInstall = (source == AzuriteSource.NPM || source == AzuriteSource.AUTO)
                && !Files.isDirectory(AzuriteLauncher.installation(local.cacheDir()));
        if (!mayInstall) {
            return;
        }
        new WritableFolder(local.cacheDir())
                .problem()
                .filter(problem -> source == AzuriteSource.NPM
                        || DockerEngine.find(appEnvironment.environment()).isEmpty())
                .ifPresent(problem -> {
                    throw new UsageException(
                            "cache folder " + appEnvironment.folders().describe(local.cacheDir()) + ": " + problem
                                    + "; name another one with XDG_CACHE_HOME");
                });
    }

    /** The settings of the local backend. */
    LocalSettings local(BackendOptions where) {
        return new LocalSettings(stateDir(where), appEnvironment.folders().cache(), where.azurite, where.azuritePort);
    }

    /** The state folder, where runs of every backend keep their journal. */
    Path stateDir(BackendOptions where) {
        return where.stateDir
                .map(appEnvironment.workingFolder()::resolve)
                .orElse(appEnvironment.folders().state());
    }

    /** The settings of the Azure backend. */
    AzureSettings azure(GeneralOptions general) {
        return AzureSettings.read(
                appEnvironment.environment(), ConfigFile.find(general.config, appEnvironment.folders()));
    }
}
