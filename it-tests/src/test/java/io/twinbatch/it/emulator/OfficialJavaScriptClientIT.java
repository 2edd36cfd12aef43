package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official JavaScript client, unmodified, walks through pools, jobs, tasks, files, schedules and errors. Its tests
 * are in {@code src/test/js/official-client}, run by Node's own test runner, and know nothing of an emulator.
 */
class OfficialJavaScriptClientIT {
    private static final int INSTALL_LIMIT_SECONDS = 120;
    private static final int TEST_LIMIT_SECONDS = 240;

    @TempDir
    private static Path folder;

    @Test
    void itsTestsPassAgainstTheEmulator() throws Exception {
        Path client = copy();
        run(client, Map.of(), INSTALL_LIMIT_SECONDS, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        try (RunningEmulator emulator = RunningEmulator.start(folder.resolve("emulator"))) {
            String report = run(client, emulator.environment(), TEST_LIMIT_SECONDS, "node", "--test");

            assertThat(report).containsPattern("(?m)^# pass [1-9]").containsPattern("(?m)^# skipped 0$");
            assertThat(emulator.isAlive()).isTrue();
        }
    }

    private static Path copy() throws IOException {
        Path source =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("src/test/js/official-client");
        Path target = Files.createDirectory(folder.resolve("client"));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return target;
    }

    private static String run(Path folder, Map<String, String> variables, int limitSeconds, String... command)
            throws IOException, InterruptedException {
        Path log = folder.resolve(command[0] + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        boolean ended = process.waitFor(limitSeconds, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String report = Files.readString(log);
        assertThat(ended).as("%s ends; it said:\n%s", List.of(command), report).isTrue();
        assertThat(process.exitValue())
                .as("exit code of %s:\n%s", List.of(command), report)
                .isZero();
        return report;
    }
}
