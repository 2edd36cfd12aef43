package io.twinbatch.it.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloBatchIT {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    @Test
    void theProgramOfTheReadmeGreets() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HelloBatch.class.getName(),
                        folder.resolve("data").toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(output).hasContent("Hello from task greet");
    }

    @Test
    void theReadmeShowsThisProgram() throws Exception {
        String readme = Files.readString(PROJECT.resolve("README.md"));
        String source =
                Files.readString(PROJECT.resolve("it-tests/src/test/java/io/twinbatch/it/example/HelloBatch.java"));
        String program = source.substring(source.indexOf("public final class HelloBatch"));
        assertThat(readme).contains("```java\n" + program + "```");
    }
}
