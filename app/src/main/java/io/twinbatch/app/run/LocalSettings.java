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
 */
public record LocalSettings(Path stateDir, Path cacheDir, AzuriteChoice azurite, Optional<Integer> azuritePort)
        implements BackendSettings {
    @Override
    public Backend backend() {
        return Backend.LOCAL;
    }
}
