package io.twinbatch.it.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tasks that take as long as a test wants them to. The engine starts every task through {@code setsid}, which here is a
 * script that lets the first task of jobs with a certain name wait before it begins.
 */
final class HeldTasks {
    /** The job whose first task is held. */
    static final String JOB = "held";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final String SCRIPT = """
            #!/bin/sh
            case "${AZ_BATCH_JOB_ID:-}/${AZ_BATCH_TASK_ID:-}" in
                %1$s/topNtask0 | %1$s/task0)
                    exec '%2$s' /bin/sh -c '
                        : >"$0.begun"
                        tenths=0
                        while [ -e "$0" ] && [ "$tenths" -lt 1200 ]; do
                            if [ -e "$0.say" ] && mv "$0.say" "$0.said"; then cat "$0.said"; fi
                            sleep 0.1
                            tenths=$((tenths + 1))
                        done
                        exec "$@"' '%3$s' "$@"
                    ;;
            esac
            exec '%2$s' "$@"
            """;

    private final Workbench bench;
    private final Path hold;

    private HeldTasks(Workbench bench, Path hold) {
        this.bench = bench;
        this.hold = hold;
    }

    /** From now on, the first task of the job named {@link #JOB} waits. */
    static HeldTasks on(Workbench bench) {
        String path = System.getenv("PATH");
        Optional<Path> setsid = Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(setsid.isPresent(), "this machine has no setsid");
        try {
            Path programs = Files.createDirectory(bench.folder().resolve("programs"));
            Path hold = Files.createFile(bench.folder().resolve("hold"));
            Path script = programs.resolve("setsid");
            Files.writeString(script, SCRIPT.formatted(JOB, setsid.get(), hold));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            bench.setEnvironment("PATH", programs + ":" + path);
            return new HeldTasks(bench, hold);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the task has begun to wait. */
    void awaitBegin(AppRun run) {
        Path begun = hold.resolveSibling("hold.begun");
        Deadline.await(START_LIMIT, () -> "the task begins in " + run, () -> Files.exists(begun));
    }

    /** Has the task write a text to its standard output while it waits; the one before has to be written by then. */
    void say(String text) {
        try {
            Path whole = Files.writeString(hold.resolveSibling("hold.next"), text);
            Files.move(whole, hold.resolveSibling("hold.say"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the task go on. */
    void release() {
        try {
            Files.delete(hold);
        } catch (IOException e) {
            throw new UncheckedIOException("the task of " + bench.folder() + " cannot be released", e);
        }
    }
}
