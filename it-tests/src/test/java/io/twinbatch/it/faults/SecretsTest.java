package io.twinbatch.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No key, no signature and no signed URL is shown, whatever happens and however much is logged. */
class SecretsTest {
    private static final long LIMIT_SECONDS = 120;

    @Test
    void neitherLogsNorMessagesNorDescriptionsHoldASecret(@TempDir Path folder) throws Exception {
        String shown = run(folder.resolve("output.txt"));

        assertThat(shown).as("everything went as planned").endsWith("done\n");
        assertThat(shown)
                .as("requests are logged")
                .contains(Bench.COLLECTION)
                .contains("DEBUG")
                .containsPattern("POST \\S+/jobs/job/addtaskcollection 200 \\d+ ms");
        assertThat(shown.lines().filter(SecretsTest::holdsASecret)).isEmpty();
    }

    private static boolean holdsASecret(String line) {
        return line.contains(SecretsProgram.KEY)
                || line.contains(SecretsProgram.SIGNATURE)
                || line.matches(".*sig=(?!REDACTED|\\*\\*\\*).*")
                || line.matches(".*SharedKey (?!\\S*:\\*\\*\\*).*");
    }

    @Test
    void aSecretWouldBeNoticed() {
        assertThat(List.of(
                        "key " + SecretsProgram.KEY,
                        "Authorization: SharedKey secrets:abc=",
                        "https://a.blob.core.windows.net/in/file?sv=2024-01-01&sig=abc"))
                .allMatch(SecretsTest::holdsASecret);
        assertThat(List.of("SharedKey secrets:***", "?sv=1&sig=REDACTED", "SharedKey[account=secrets, key=***]"))
                .noneMatch(SecretsTest::holdsASecret);
    }

    /** The logging of a JVM is settled when it starts, so the exchanges get one of their own. */
    private static String run(Path output) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace");
        silenced().forEach(logger -> line.add("-D" + logger + "=trace"));
        line.addAll(List.of("-cp", classPath, SecretsProgram.class.getName()));
        ProcessBuilder command = new ProcessBuilder(line);
        // What a user would set to see everything that Azure's libraries can log.
        command.environment().put("AZURE_HTTP_LOG_DETAIL_LEVEL", "BODY_AND_HEADERS");
        command.environment().put("AZURE_LOG_LEVEL", "VERBOSE");
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("the program ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    /** The loggers that the app's settings silence. */
    private static List<String> silenced() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = SecretsTest.class.getResourceAsStream("/simplelogger.properties")) {
            settings.load(file);
        }
        return settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith("org.slf4j.simpleLogger.log."))
                .toList();
    }
}
