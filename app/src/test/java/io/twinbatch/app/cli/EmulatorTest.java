package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorTest {
    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void makeApp() throws IOException {
        app = new AppFixture(folder);
    }

    @Test
    void theHelpTellsHowToUseItFromAShell() {
        assertThat(app.run("emulator", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("emulator.env", "--port", "10100", "Serve HTTPS", "--bind", "130");
        assertThat(app.run("--help")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("emulator ");
    }

    @Test
    void anAccountWithoutItsKeyIsRefused() {
        assertThat(app.run("emulator", "--account", "mine")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--account and --key");
    }

    @Test
    void thePublishedKeyIsNotServedToOtherMachines() {
        assertThat(app.run("emulator", "--bind", "0.0.0.0")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--key of your own");
    }

    @Test
    void aKeyThatIsNoneIsRefusedAndNotRepeated() {
        assertThat(app.run("emulator", "--account", "mine", "--key", "no-key!")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("base64").doesNotContain("no-key!");
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThat(app.run("emulator", "--port", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--port: a whole number from 0 to 65535");
    }

    @Test
    void aFaultFileThatIsNoneIsRefused() throws IOException {
        app.make("faults.json", "{\"faults\": [{\"fault\": \"fire\"}]}");

        assertThat(app.run("emulator", "--faults", "faults.json", "--azurite", "http://127.0.0.1:1/a"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("faults.json", "rule 1");
    }

    @Test
    void aTakenPortIsSaidBeforeTheObjectStoreIsStarted() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            assertThat(app.run("emulator", "--azurite", "http://127.0.0.1:1/a", "--port", port))
                    .isEqualTo(ExitCode.PROVIDER);
            assertThat(app.err()).contains("another program listens there");
        }
    }

    @Test
    void itsOptionsCanStandInTheConfigurationFile() throws IOException {
        app.make("config/config.properties", "account=mine\n");

        assertThat(app.run("emulator")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--account and --key");
    }
}
