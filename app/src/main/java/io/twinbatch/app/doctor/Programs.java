package io.twinbatch.app.doctor;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks programs for their version. */
@FunctionalInterface
interface Programs {
    /** The first line that a program prints when asked for its version; empty when it is not there or fails. */
    Optional<String> version(String program);

    /** The programs that this process would find. */
    static Programs installed() {
        return Programs::run;
    }

    private static Optional<String> run(String program) {
        Duration limit = Duration.ofSeconds(10);
        try {
            Path output = Files.createTempFile("twinbatch-doctor-", ".txt");
            try {
                Process process = new ProcessBuilder(program, "--version")
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                String text = Files.readString(output, StandardCharsets.UTF_8);
                return process.exitValue() == 0 ? text.lines().findFirst().map(String::strip) : Optional.empty();
            } finally {
                Files.delete(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (UncheckedIOException | IOException e) {
            return Optional.empty();
        }
    }
}
