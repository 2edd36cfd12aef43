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
 * @param engines which of the engines in the state folder are used
 */
public record LocalSettings(
        Path stateDir,
        Path cacheDir,
        AzuriteChoice azurite,
        Optional<Integer> azuritePort,
        Optional<Path> faults,
        Engines engines)
        implements BackendSettings {
    /** Of the engines that can be at work side by side in a state folder, those that a command uses. */
    public enum Engines {
        /** The first that no other process uses. */
        FIRST_FREE,
        /** Every one that no other process uses. */
        EVERY_FREE
    }

    /** Settings with which nothing goes wrong on purpose. */
    public LocalSettings(Path stateDir, Path cacheDir, AzuriteChoice azurite, Optional<Integer> azuritePort) {
        this(stateDir, cacheDir, azurite, azuritePort, Optional.empty(), Engines.FIRST_FREE);
    }

    /** The same, with a file of faults. */
    public LocalSettings withFaults(Path file) {
        return new LocalSettings(stateDir, cacheDir, azurite, azuritePort, Optional.of(file), engines);
    }

    @Override
    public boolean costsMoney() {
        return false;
    }

    @Override
    public BackendSettings forAllThatIsLeft() {
        return new LocalSettings(stateDir, cacheDir, azurite, azuritePort, faults, Engines.EVERY_FREE);
    }

    @Override
    public Backend backend() {
        return Backend.LOCAL;
    }
}
