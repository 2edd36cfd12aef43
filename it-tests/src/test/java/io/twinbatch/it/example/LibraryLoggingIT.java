package io.twinbatch.it.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.config.UserFolders;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program hears of the backends that has slf4j-simple and has configured nothing but the level. */
class LibraryLoggingIT {
    private static final Path APP = Path.of("").toAbsolutePath().getParent().resolve("app");

    @TempDir
    private Path folder;

    @Test
    void nothingIsLoggedAtInfo() throws Exception {
        run("info");

        assertThat(folder.resolve("err")).isEmptyFile();
    }

    @Test
    void atDebugEachRequestIsALineWithoutSecrets() throws Exception {
        run("debug");

        String log = Files.readString(folder.resolve("err"));
        assertThat(log)
                .containsPattern("PUT 127\\.0\\.0\\.1:\\d+/twinbatch/quiet-data 201 \\d+ ms")
                .containsPattern("PUT 127\\.0\\.0\\.1:\\d+/twinbatch/quiet-data/large 201 \\d+ ms")
                .containsPattern("POST 127\\.0\\.0\\.1:\\d+/pools 201 \\d+ ms")
                .containsPattern("DELETE 127\\.0\\.0\\.1:\\d+/jobs/quiet 202 \\d+ ms");
        List<String> secrets = Files.readAllLines(folder.resolve("out"));
        assertThat(secrets).hasSize(3).allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(20));
        assertThat(log).doesNotContain(secrets).doesNotContain("sig=", "SharedKey ", "Bearer ");
    }

    private void run(String level) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level,
                        "-cp",
                        classPath(),
                        LibraryUser.class.getName(),
                        folder.toString(),
                        UserFolders.of(System.getenv(), Path.of(System.getProperty("user.home")))
                                .cache()
                                .toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
    }

    /** Without the app, which configures the log for itself. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(APP))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
