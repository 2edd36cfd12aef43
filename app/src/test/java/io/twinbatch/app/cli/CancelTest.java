package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelTest {
    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        new LookFixture(app).fill();
    }

    @Test
    void theProcessOfARunOnThisMachineIsAskedToStopAndWaitedFor() throws Exception {
        Process run = new ProcessBuilder("sleep", "600").start();
        app.look.process = run.pid();

        assertThat(app.run("cancel", LookFixture.RUN.value())).isEqualTo(ExitCode.DONE);

        assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(app.out()).contains("The run of job " + LookFixture.JOB + " has ended.");
    }

    @Test
    void theJobOfARunAtAProviderIsTerminated() {
        app.environment.putAll(Map.of(
                "AZURE_BATCH_ACCOUNT", "mybatch",
                "AZURE_BATCH_ENDPOINT", "https://mybatch.westeurope.batch.azure.com",
                "AZURE_STORAGE_ACCOUNT", "mystorage"));

        assertThat(app.run("cancel", "--backend=azure", LookFixture.JOB.value()))
                .as(app.err())
                .isEqualTo(ExitCode.DONE);

        assertThat(app.session.terminated).containsExactly(LookFixture.JOB);
    }

    @Test
    void whatDoesNotRunCannotBeCancelled() {
        assertThat(app.run("cancel", "hello")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("job hello has ended");
        assertThat(app.run("cancel", LookFixture.JOB.value())).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("no process is at work on job " + LookFixture.JOB, "app/app status");
        assertThat(app.run("cancel", "none")).isEqualTo(ExitCode.USAGE);
    }
}
