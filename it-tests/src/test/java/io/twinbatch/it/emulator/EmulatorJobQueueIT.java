package io.twinbatch.it.emulator;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.JobQueueContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of jobs, kept by the Azure backend in front of the emulator. */
class EmulatorJobQueueIT extends JobQueueContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return EmulatorFixtures.open(folder);
    }
}
