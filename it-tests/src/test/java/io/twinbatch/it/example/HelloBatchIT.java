package io.twinbatch.it.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the README, as a reader copies it. */
class HelloBatchIT {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path folder;

    private String readme;

    @BeforeEach
    void readReadme() throws Exception {
        readme = Files.readString(PROJECT.resolve("README.md"));
    }

    private String block(String pattern) {
        Matcher block = Pattern.compile(pattern).matcher(readme);
        assertThat(block.find()).as("README has %s", pattern).isTrue();
        return block.group(1);
    }

    @Test
    void itIsCompiledAndRunByTheCommandBesideItAndGreets() throws Exception {
        String program = block("(?s)```java\n(import .*?class HelloBatch.*?)```");
        String command = block("```sh\n(java -cp [^\n]*HelloBatch\\.java[^\n]*)\n```");
        Files.writeString(folder.resolve("HelloBatch.java"), program);
        Files.createSymbolicLink(folder.resolve("app"), PROJECT.resolve("app"));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        String java = Path.of(System.getProperty("java.home"), "bin").toString();

        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "PATH='" + java + "':$PATH; exec " + command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        // Testcontainers warns of a cleaner that is switched off, which a reader's machine does not do.
        builder.environment().remove("TESTCONTAINERS_RYUK_DISABLED");
        Process process = builder.start();

        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        assertThat(output).hasContent("Hello from task greet");
        // Libraries have nothing to say while all is well.
        assertThat(Files.readString(errors)).doesNotContain("WARN", "SLF4J", "com.azure", "\tat ");
    }

    @Test
    void theReadmeShowsTheProgramThatTheBuildChecks() throws Exception {
        String source =
                Files.readString(PROJECT.resolve("it-tests/src/test/java/io/twinbatch/it/example/HelloBatch.java"));
        assertThat(readme).contains("```java\n" + source.substring(source.indexOf("import ")) + "```");
    }

    @Test
    void theCoordinatesAreThoseOfTheBuild() throws Exception {
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        String version = pom.split("<version>", 2)[1].split("</version>", 2)[0];
        assertThat(block("<artifactId>twinbatch-backend-local</artifactId>.*\n  <version>([^<]*)</version>"))
                .isEqualTo(version);
        assertThat(Files.readString(PROJECT.resolve("backend-local/pom.xml")))
                .contains("<artifactId>twinbatch-backend-local</artifactId>");
    }
}
