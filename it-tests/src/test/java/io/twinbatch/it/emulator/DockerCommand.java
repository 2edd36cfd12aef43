package io.twinbatch.it.emulator;

import io.twinbatch.local.program.SearchPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a command of {@code docker} has printed.
 *
 * @param out its standard output
 * @param err its standard error
 */
record DockerCommand(String out, String err) {
    /** Whether the command is installed; an engine can answer without it. */
    static boolean isThere() {
        return new SearchPath(System.getenv().getOrDefault("PATH", ""))
                .find("docker")
                .isPresent();
    }

    /** Runs a command, and fails when it fails. */
    static DockerCommand run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            DockerCommand printed = new DockerCommand(read(process.getInputStream()), err.join());
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new AssertionError("docker " + arguments[0] + " ended with exit code " + exitCode
                        + ", and said:\n" + printed.out() + printed.err());
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while docker was at work", e);
        }
    }

    /** Runs a command that is not asked for what it prints, and fails when it fails. */
    static void execute(String... arguments) {
        DockerCommand unused = run(arguments);
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
