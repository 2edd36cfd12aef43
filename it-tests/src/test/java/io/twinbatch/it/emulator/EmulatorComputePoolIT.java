package io.twinbatch.it.emulator;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.ComputePoolContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of pools, kept by the Azure backend in front of the emulator. */
class EmulatorComputePoolIT extends ComputePoolContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return EmulatorFixtures.open(folder);
    }
}
