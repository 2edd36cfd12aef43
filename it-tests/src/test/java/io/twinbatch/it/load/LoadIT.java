package io.twinbatch.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of many tasks in an engine with so little memory that it can keep only what is worth keeping of each. A job of
 * 100,000 tasks is measured by {@code docs/benchmarks/engine/load.sh}.
 */
@Tag("long")
class LoadIT {
    private static final int TASKS = 3000;

    /** With 14 MB it does not get through, so that 3 KB more for each task would not fit. */
    private static final String MEMORY = "-Xmx24m";

    @TempDir
    private Path temp;

    @Test
    @Timeout(300)
    void aLargeJobIsDoneInLittleMemoryAndLeavesNothingThatGrewWithIt() throws Exception {
        Path output = temp.resolve("output");
        Path state = temp.resolve("state");
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        MEMORY,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djdk.lang.Process.launchMechanism=VFORK",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadProgram.class.getName(),
                        state.toString(),
                        Integer.toString(TASKS))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            engine.waitFor();
        } finally {
            engine.destroyForcibly();
        }

        assertThat(output).content().containsPattern("(?m)^succeeded " + TASKS + "\nsucceeded " + TASKS + "$");
        // A line for each process that ran at once.
        assertThat(Files.size(state.resolve("engine.processes"))).isLessThan(10_000);
    }
}
