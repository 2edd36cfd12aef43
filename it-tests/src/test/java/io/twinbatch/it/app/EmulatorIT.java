package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.node.UserSwitch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator as a process. Its standard output holds keys, which is what it is asked for. */
class EmulatorIT {
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path temporaryFolder;

    private Workbench bench;

    @BeforeEach
    void setUpBench() {
        bench = new Workbench(temporaryFolder);
    }

    @AfterEach
    void endAll() {
        bench.endAll();
    }

    @Test
    void itServesUntilASignalComesAndAfterADeathItsStorageIsWhereItWas() throws Exception {
        AppRun first = start();
        JsonNode settings = first.json();
        assertThat(health(settings)).isEqualTo(200);
        String storage = settings.path("storageConnectionString").asText();

        first.kill();
        first.exitCode();
        AppRun second = start();

        assertThat(second.json().path("storageConnectionString").asText()).isEqualTo(storage);
        assertThat(health(second.json())).isEqualTo(200);
        second.signal("TERM");
        assertThat(second.exitCode()).isEqualTo(143);
        Deadline.await(
                Duration.ofSeconds(10),
                () -> "no process is left",
                () -> bench.processes().now().isEmpty());
    }

    @Test
    void aSecondOneOnTheSameFolderIsRefused() {
        AppRun first = start();

        AppRun second = emulator();

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).contains("in use by process " + first.pid());
        first.signal("INT");
        assertThat(first.exitCode()).isEqualTo(130);
    }

    @Test
    void asRootItSaysWhoseRightsTasksHave() {
        assumeTrue(UserSwitch.find(System.getenv("PATH")).isPresent(), "this process cannot switch users");

        start().untilItSays("Tasks run without the rights of root").signal("TERM");
        AppRun off = bench.start(
                        List.of("emulator", "--port=0", "--azurite=npm", "--task-users=off", "--state-dir=other"))
                .untilItSays("The emulator is ready");
        off.signal("TERM");

        assertThat(off.exitCode()).isEqualTo(143);
        assertThat(off.err()).doesNotContain("rights");
    }

    /** Debian's packages of the official clients, where they are installed; .ci/run installs them. */
    @ParameterizedTest
    @CsvSource({"with az, []", "from Python, 0 pools: none yet"})
    void thePrintedLinesThatTryItWork(String client, String prints) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/az")), "the package azure-cli is not installed");
        AppRun emulator = bench.start(
                        List.of("emulator", "--port=0", "--azurite=npm", "--state-dir=" + bench.stateDir()))
                .untilItSays("The emulator is ready");
        String line = emulator.out()
                .lines()
                .filter(text -> text.startsWith("#   " + client + " "))
                .map(text ->
                        text.substring(text.indexOf(client) + client.length()).strip())
                .findFirst()
                .orElseThrow();
        Path printed = bench.write("emulator.env", emulator.out());
        Path answer = bench.work().resolve("answer");

        // Debian's Python has its packages, another one that comes first on the PATH has not.
        Process shell = new ProcessBuilder("sh", "-c", ". \"$0\"; PATH=/usr/bin:$PATH; " + line, printed.toString())
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();

        assertThat(shell.waitFor(CLIENT_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(answer).content().contains(prints);
        assertThat(shell.exitValue()).isZero();
    }

    private AppRun start() {
        return emulator().untilItSays("The emulator is ready");
    }

    private AppRun emulator() {
        List<String> words = new ArrayList<>(List.of("emulator", "--port", "0", "--json", "--azurite=npm"));
        words.addAll(List.of("--state-dir", bench.stateDir().toString()));
        return bench.start(words);
    }

    private static int health(JsonNode settings) throws IOException, InterruptedException {
        URI uri = URI.create(settings.path("endpoint").asText() + "/health");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
