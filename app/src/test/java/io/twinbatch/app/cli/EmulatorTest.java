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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense.invalid", "999.1.1.1", "192.0.2.1", "224.0.0.1", "http://127.0.0.1", "127.0.0.1:80"})
    void anAddressThatIsNoneOfThisMachineIsRefused(String address) {
        app.environment.put("TWINBATCH_BIND", address);

        assertThat(app.run("emulator")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err().lines())
                .singleElement()
                .asString()
                .contains("--bind: an address of this machine", "'" + address + "'", "TWINBATCH_BIND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "http://a", "a:80", ""})
    void aHostNameThatIsNoneIsRefused(String name) {
        assertThat(app.run("emulator", "--allow-host", name)).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--allow-host: the name or address of a host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11m", "-1s", "1", "soon"})
    void aTransitionTimeThatIsNoneOrTooLongIsRefused(String time) {
        assertThat(app.run("emulator", "--transition-time=" + time)).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--transition-time: a duration from 0 to 10m", "'" + time + "'");
    }

    @Test
    void onePortForBothServersIsRefused() {
        assertThat(app.run("emulator", "--port", "4711", "--azurite-port", "4711"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--port and --azurite-port are both 4711");
    }

    @Test
    void anAddressWhereTheUrlsOfObjectsDoNotLeadIsRefused() {
        assertThat(app.run("emulator", "--azurite-bind", "127.0.0.2")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--azurite-bind 127.0.0.2", "0.0.0.0");
    }

    @Test
    void theAddressOfAnAzuriteThatRunsAlreadyIsNotChosen() {
        assertThat(app.run("emulator", "--azurite", "http://127.0.0.1:1/a", "--azurite-bind", "0.0.0.0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--azurite-bind", "runs already");
    }

    @Test
    void aFaultFileThatIsNoneIsRefused() throws IOException {
        app.make("faults.json", "{\"faults\": [{\"fault\": \"fire\"}]}");

        assertThat(app.run("emulator", "--faults", "faults.json", "--azurite", "http://127.0.0.1:1/a"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("faults.json", "rule 1");
    }

    @Test
    void aFolderOfApplicationsThatIsNotThereIsRefused() {
        assertThat(app.run("emulator", "--applications", "packages", "--azurite", "http://127.0.0.1:1/a"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("packages: there is no such folder");
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
