package io.twinbatch.it.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The packaged app's {@code emulator} command, started on a port and a state folder of its own. */
public final class RunningEmulator implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final Path err;
    private final Map<String, String> environment;

    private RunningEmulator(Process process, Path err, Map<String, String> environment) {
        this.process = process;
        this.err = err;
        this.environment = environment;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param folder an empty or missing folder for its state and its output
     * @param options further options of the command
     */
    public static RunningEmulator start(Path folder, String... options) {
        return start(folder, Map.of(), options);
    }

    /**
     * Starts it with some environment variables of its own, and waits until it is ready.
     *
     * @param folder an empty or missing folder for its state and its output
     * @param variables the variables
     * @param options further options of the command
     */
    public static RunningEmulator start(Path folder, Map<String, String> variables, String... options) {
        try {
            Files.createDirectories(folder);
            Path out = Files.createTempFile(folder, "emulator-", ".out");
            Path err = Files.createTempFile(folder, "emulator-", ".err");
            ProcessBuilder command = command(folder, options);
            command.environment().putAll(variables);
            Process process = command.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                return new RunningEmulator(process, err, variables(awaitReady(process, out, err)));
            } catch (RuntimeException | InterruptedException | AssertionError e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the emulator started", e);
        }
    }

    /** Where an emulator that was started in a folder keeps its state. */
    public static Path stateDir(Path folder) {
        return folder.resolve("state");
    }

    private static ProcessBuilder command(Path folder, String... options) {
        Path project =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        List<String> words = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                project.resolve("app/app").toString(),
                "emulator",
                "--json",
                "--port=0",
                "--azurite=npm",
                "--state-dir=" + stateDir(folder)));
        words.addAll(List.of(options));
        if (words.stream().noneMatch(word -> word.startsWith("--transition-time"))) {
            words.add("--transition-time=0");
        }
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TWINBATCH_"));
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder;
    }

    private static JsonNode awaitReady(Process process, Path out, Path err) throws InterruptedException {
        return new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await("the emulator's start", Deadline.after(Clock.systemUTC(), START_LIMIT), () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the emulator ended with exit code " + process.exitValue()
                                + " and said:\n" + read(err));
                    }
                    return read(err).contains("The emulator is ready") ? document(out) : Optional.empty();
                });
    }

    private static Optional<JsonNode> document(Path out) {
        try {
            return Optional.of(new ObjectMapper().readTree(out.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> variables(JsonNode document) {
        Map<String, String> variables = new LinkedHashMap<>();
        document.path("environment")
                .properties()
                .forEach(field -> variables.put(field.getKey(), field.getValue().textValue()));
        return Map.copyOf(variables);
    }

    /** The variables that tell a client of it. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create(environment.get("AZURE_BATCH_ENDPOINT"));
    }

    /** The account's name. */
    public String account() {
        return environment.get("AZURE_BATCH_ACCOUNT");
    }

    /** The account's key, in base64. */
    public String key() {
        return environment.get("AZURE_BATCH_ACCESS_KEY");
    }

    /** The connection string of its storage account. */
    public String storage() {
        return environment.get("AZURE_STORAGE_CONNECTION_STRING");
    }

    /** What it has said so far on standard error. */
    public String said() {
        return read(err);
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Ends it as Ctrl-C in its terminal does, and returns its exit code. */
    public int interrupt() {
        try {
            int unused = new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the emulator ended", e);
        }
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the emulator did not end within " + END_LIMIT + "; it said:\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the emulator ended", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            awaitEnd();
        }
    }
}
