package io.twinbatch.app.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the local backend needs to know.
 *
 * @param stateDir the folder for pools, jobs and objects
 * @param cacheDir the folder for what can be made again
 * @param azurite where Azurite comes from
 * @param azuritePort the port it is to listen on; empty for a free one
 * @param faults a file with what is to go wrong on purpose; empty when nothing is
 */
public record LocalSettings(
        Path stateDir, Path cacheDir, AzuriteChoice azurite, Optional<Integer> azuritePort, Optional<Path> faults)
        implements BackendSettings {
    /** Settings with which nothing goes wrong on purpose. */
    public LocalSettings(Path stateDir, Path cacheDir, AzuriteChoice azurite, Optional<Integer> azuritePort) {
        this(stateDir, cacheDir, azurite, azuritePort, Optional.empty());
    }

    /** The same, with a file of faults. */
    public LocalSettings withFaults(Path file) {
        return new LocalSettings(stateDir, cacheDir, azurite, azuritePort, Optional.of(file));
    }

    @Override
    public Backend backend() {
        return Backend.LOCAL;
    }
}
