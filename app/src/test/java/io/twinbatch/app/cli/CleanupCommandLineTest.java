package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CleanupCommandLineTest {
    private static final RunId RUN = new RunId("20261122-070000-aaaa");

    @Test
    void itCanBeTypedAsItIs() {
        assertThat(new CleanupCommandLine(Backend.AZURE, Optional.of(Path.of("/s")), RUN))
                .hasToString("app/app cleanup --backend=azure --run 20261122-070000-aaaa");
        assertThat(new CleanupCommandLine(Backend.LOCAL, Optional.of(Path.of("/s")), RUN))
                .hasToString("app/app cleanup --backend=local --run 20261122-070000-aaaa --state-dir=/s");
        assertThat(new CleanupCommandLine(Backend.LOCAL, Optional.of(Path.of("/my $x's")), RUN).toString())
                .endsWith(" --state-dir='/my $x'\\''s'");
        assertThat(new CleanupCommandLine(Backend.LOCAL, Optional.empty(), RUN).toString())
                .endsWith(" --run 20261122-070000-aaaa");
    }
}
