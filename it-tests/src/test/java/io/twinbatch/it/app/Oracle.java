package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The independent count. */
final class Oracle {
    private static final Path SCRIPT = Workbench.project().resolve("it-tests/src/test/oracle/topwords.py");

    private Oracle() {}

    /** Skips the test where there is no Python. */
    static void require() {
        assumeTrue(isThere(), "there is no python3 to count independently");
    }

    private static boolean isThere() {
        try {
            return new ProcessBuilder("python3", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The lines of words and counts over all these files together. */
    static String topWords(int numWords, List<Path> files) {
        List<String> command = new ArrayList<>(
                List.of("python3", SCRIPT.toString(), "--numwords", Integer.toString(numWords), "--total"));
        files.forEach(file -> command.add(file.toAbsolutePath().toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("exit code of %s", SCRIPT).isZero();
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while the oracle counted", cause);
    }
}
