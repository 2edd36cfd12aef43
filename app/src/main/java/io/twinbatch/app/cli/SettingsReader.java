package io.twinbatch.app.cli;

import io.twinbatch.app.config.ConfigFile;
import io.twinbatch.app.run.AzureSettings;
import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.Backend;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.LocalSettings;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out what a backend needs to know, before anything is started. */
final class SettingsReader {
    private final Surroundings surroundings;

    SettingsReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * The settings of a backend.
     *
     * @param config the configuration file that the command line names, if it names one
     * @throws io.twinbatch.app.UsageException when the configuration file cannot be used
     * @throws io.twinbatch.api.error.BatchException {@code INVALID} when settings are missing or malformed
     */
    BackendSettings read(
            Backend backend,
            Optional<Path> config,
            Optional<Path> stateDir,
            AzuriteChoice azurite,
            Optional<Integer> azuritePort) {
        return switch (backend) {
            case LOCAL -> local(stateDir, azurite, azuritePort);
            case AZURE -> azure(config);
        };
    }

    /** The settings of the local backend. */
    LocalSettings local(Optional<Path> stateDir, AzuriteChoice azurite, Optional<Integer> azuritePort) {
        Path folder = stateDir.map(surroundings.workingFolder()::resolve)
                .orElse(surroundings.folders().state());
        return new LocalSettings(folder, surroundings.folders().cache(), azurite, azuritePort);
    }

    /** The settings of the Azure backend. */
    AzureSettings azure(Optional<Path> config) {
        return AzureSettings.read(surroundings.environment(), ConfigFile.find(config, surroundings.folders()));
    }
}
