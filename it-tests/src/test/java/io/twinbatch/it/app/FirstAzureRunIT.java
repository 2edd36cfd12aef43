package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.it.emulator.RunningEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The script of docs/first-azure-run.md, in front of the emulator. */
class FirstAzureRunIT extends AppTest {
    private static final int MAX_MINUTES = 8;

    private RunningEmulator emulator;

    @BeforeEach
    void startEmulator() {
        Path folder = bench().folder().resolve("emulator");
        emulator = RunningEmulator.start(folder, bench().environment());
        bench().useStateDir(RunningEmulator.stateDir(folder));
    }

    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    private int script(Path report, Map<String, String> variables) throws IOException, InterruptedException {
        Path script = Workbench.project().resolve("docs/examples/first-azure-run.sh");
        ProcessBuilder command = new ProcessBuilder(script.toString(), report.toString())
                .directory(bench().work().toFile())
                .redirectErrorStream(true)
                .redirectOutput(bench().folder().resolve("script.out").toFile());
        command.environment().putAll(bench().environment());
        command.environment().putAll(variables);
        Process process = command.start();
        try {
            assertThat(process.waitFor(MAX_MINUTES, TimeUnit.MINUTES))
                    .as("the script ends")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    @Tag("long")
    @Test
    void allStepsPassAndTheReportHoldsNoSecret() throws Exception {
        Path report = bench().work().resolve("report.txt");

        int exitCode = script(report, emulator.environment());

        assertThat(report)
                .content()
                .contains("All steps passed.")
                .containsPattern("samples on Azure\n {3}passed: exit code 0")
                .contains("no such word", "2 of 2 inputs done")
                .doesNotContain("FAILED", "AccountKey=");
        assertThat(exitCode).isZero();
        String text = Files.readString(report);
        emulator.environment()
                .forEach((name, value) -> assertThat(text.contains(value))
                        .as("the value of " + name + " is in the report")
                        .isFalse());
    }

    @Test
    void aWrongKeyEndsItBeforeAnythingIsCreated() throws Exception {
        Path report = bench().work().resolve("report.txt");

        int exitCode = script(report, wrongKey());

        assertThat(exitCode).isEqualTo(1);
        assertThat(report)
                .content()
                .contains("1 of the steps failed.")
                .contains("FAILED: exit code")
                .doesNotContain("== The three samples");
    }

    private Map<String, String> wrongKey() {
        Map<String, String> variables = new TreeMap<>(emulator.environment());
        variables.put("AZURE_BATCH_ACCESS_KEY", "d3Jvbmcga2V5");
        return variables;
    }
}
