package io.twinbatch.it.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.ContainerContract;
import io.twinbatch.it.contract.DockerState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract of tasks in containers on this machine. */
class LocalContainerIT extends ContainerContract {
    @TempDir
    private static Path folder;

    @Override
    protected BatchFixture open() {
        return new LocalFixture(folder.resolve("state"));
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
    protected boolean measures() {
        return Files.isReadable(Path.of("/proc/self/io"));
    }

    @Override
    protected void requireNothingRuns() {
        assertThat(DockerState.containersBelow(folder.toString())).isEmpty();
    }
}
