package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.ContainerContract;
import io.twinbatch.it.contract.DockerState;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of tasks in containers of the Azure backend against the emulator. */
class EmulatorContainerIT extends ContainerContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return EmulatorFixtures.open(folder);
    }

    @Override
    protected boolean hasEngine() {
        return DockerState.answers();
    }

    @Override
    protected boolean hasImage() {
        return DockerState.hasImage(IMAGE);
    }

    @Override
    protected void requireNothingRuns() {
        assertThat(DockerState.containersBelow(folder.toString())).isEmpty();
    }
}
