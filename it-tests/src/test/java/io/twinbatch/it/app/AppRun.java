package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of the app, with what it prints in files. */
final class AppRun {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final Pattern RUN = Pattern.compile("Run (\\S+) on the (?:local|azure) backend");

    private final Process process;
    private final List<String> arguments;
    private final Path out;
    private final Path err;

    AppRun(Process process, List<String> arguments, Path out, Path err) {
        this.process = process;
        this.arguments = arguments;
        this.out = out;
        this.err = err;
    }

    /** Waits until it has ended, and returns its exit code. */
    int exitCode() {
        return exitCodeWithin(LIMIT);
    }

    /** Waits until it has ended, but not longer than this, and returns its exit code. */
    int exitCodeWithin(Duration limit) {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended).as("%s ends within %s", this, limit).isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + this + " ran", e);
        }
    }

    /** Waits for its end, which has to have this exit code. */
    AppRun endsWith(int exitCode) {
        int actual = exitCode();
        assertThat(actual).as("exit code of %s", this).isEqualTo(exitCode);
        return this;
    }

    /** Waits until standard error has a line with this text. */
    AppRun untilItSays(String text) {
        Deadline.await(LIMIT, () -> this + " says " + text, () -> {
            assertThat(process.isAlive() || err().contains(text))
                    .as("%s is at work", this)
                    .isTrue();
            return err().contains(text);
        });
        return this;
    }

    /** Waits until standard output has this text. */
    AppRun untilItPrints(String text) {
        Deadline.await(LIMIT, () -> this + " prints " + text, () -> {
            assertThat(process.isAlive() || out().contains(text))
                    .as("%s is at work", this)
                    .isTrue();
            return out().contains(text);
        });
        return this;
    }

    /** Sends a signal, by its name without SIG. */
    void signal(String name) {
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).as("exit code of kill").isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while kill ran", e);
        }
    }

    /** Ends it at once, when it has not ended. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The identifier of its run, which it says first. */
    String id() {
        Matcher id = RUN.matcher(err());
        assertThat(id.find()).as("%s says its id", this).isTrue();
        return id.group(1);
    }

    /** Standard output so far. */
    String out() {
        return read(out);
    }

    /** Standard error so far. */
    String err() {
        return read(err);
    }

    /** Standard output as the one JSON document that it has to be. */
    JsonNode json() {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(out());
        } catch (IOException e) {
            throw new AssertionError("standard output of " + this + " is not one JSON document", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With standard error, because a failed assertion shows it. */
    @Override
    public String toString() {
        return "app " + String.join(" ", arguments) + "\n--- standard error:\n" + err() + "---\n";
    }
}
