package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.run.AzureSettings;
import io.twinbatch.app.run.Backends;
import io.twinbatch.azure.AzureConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accounts of {@code --backend=azure}, and what is asked of them before a run. */
class AzureBackendTest {
    private static final String KEY = "dGhlLXNlY3JldC1rZXk=";

    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("a.txt", "a");
    }

    @Test
    void theAccountsComeFromTheEnvironment() {
        nameAccounts();
        app.environment.put("AZURE_BATCH_ACCESS_KEY", KEY);

        assertThat(app.run("--backend=azure", "a.txt")).isEqualTo(ExitCode.DONE);

        assertThat(config().batch().name()).isEqualTo("mybatch");
        assertThat(config().batch().key()).isPresent();
        assertThat(config().storage().name()).isEqualTo("mystorage");
        assertThat(config().storage().key()).isEmpty();
        assertThat(app.session.plans).hasSize(1);
        assertThat(app.session.closed).isTrue();
    }

    @Test
    void whatTheEnvironmentDoesNotNameComesFromTheConfigurationFile() throws IOException {
        Path file = app.make(
                "my.properties",
                "azure-batch-account=filebatch\nazure-batch-endpoint=mybatch.westeurope.batch.azure.com\n"
                        + "azure-storage-account=filestorage\nazure-storage-key=" + KEY
                        + "\nazure-api-version=2023-05-01.17.0\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        app.environment.put("AZURE_BATCH_ACCOUNT", "mybatch");

        assertThat(app.run("--backend=azure", "--config", file.toString(), "a.txt"))
                .isEqualTo(ExitCode.DONE);

        assertThat(config().batch().name()).isEqualTo("mybatch");
        assertThat(config().batch().apiVersion()).contains("2023-05-01.17.0");
        assertThat(config().storage().name()).isEqualTo("filestorage");
        assertThat(config().storage().key()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw-rw----", "rw----r--"})
    void aKeyInAFileThatOthersMayReadIsRefused(String permissions) throws IOException {
        nameAccounts();
        Path file = app.make("config/config.properties", "azure-batch-access-key=" + KEY + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(app.run("--backend=azure", "a.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains("azure-batch-access-key", "chmod 600 " + file);
        assertNothingHappened();
    }

    @Test
    void aFileWithoutKeysMayBeReadByAll() throws IOException {
        nameAccounts();
        Path file = app.make("config/config.properties", "azure-resource-group=group\nazure-batch-access-key=\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(app.run("--backend=azure", "a.txt")).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json", "-v"})
    void allThatIsMissingIsNamedAtOnceAndNoSecretIsShown(String option) {
        app.environment.put("AZURE_BATCH_ACCESS_KEY", KEY);
        app.environment.put("AZURE_STORAGE_KEY", KEY);

        assertThat(run(option, "--backend=azure", "a.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains("AZURE_BATCH_ACCOUNT", "AZURE_BATCH_ENDPOINT", "AZURE_STORAGE_ACCOUNT");
        assertNothingHappened();
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_BATCH_ACCESS_KEY, --json",
        "AZURE_STORAGE_KEY, -v",
        "AZURE_STORAGE_CONNECTION_STRING, -v",
        "AZURE_STORAGE_CONNECTION_STRING, --json"
    })
    void aMalformedSecretIsNamedAndNotShown(String variable, String option) {
        nameAccounts();
        app.environment.put(variable, KEY + "!;x");

        assertThat(run(option, "--backend=azure", "a.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains(variable + " is wrong");
        assertNothingHappened();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json", "-v"})
    void aMalformedProxyIsNamedAndNotShown(String option) {
        nameAccounts();
        app.environment.put("HTTPS_PROXY", "http://user:" + KEY + "@proxy.example:notaport");

        assertThat(run(option, "--backend=azure", "a.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains("HTTPS_PROXY is wrong");
        assertNothingHappened();
    }

    @Test
    void theDoctorShowsTheWayToEachEndpoint() {
        nameAccounts();
        app.environment.put("HTTPS_PROXY", "http://user:" + KEY + "@proxy.example:3128");
        app.environment.put("NO_PROXY", ".batch.azure.com");
        app.session.findings = List.of(new Finding("image", Result.FAILED, "there is none", "choose another one"));

        app.run("doctor", "--backend=azure");

        assertThat(app.out())
                .containsPattern("ok +Way to Batch +https://mybatch\\S+ direct \\(NO_PROXY\\)")
                .containsPattern("ok +Way to storage +https://mystorage\\S+ through the proxy"
                        + " http://\\*\\*\\*@proxy\\.example:3128 \\(HTTPS_PROXY\\)")
                .containsPattern("ok +Way to sign-in +https://login\\S+ through the proxy")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void theDoctorNamesAMalformedProxyAndEndsAsARunDoes(String option) {
        nameAccounts();
        app.environment.put("all_proxy", "socks5://proxy.example:1080");

        assertThat(run(option, "doctor", "--backend=azure")).isEqualTo(ExitCode.USAGE);

        assertThat(app.out()).containsOnlyOnce("all_proxy is wrong").contains("Settings");
        assertNothingHappened();
    }

    @Test
    void theDoctorAsksAProxyThatFailsOnceAndLeavesTheAccountsAlone() throws IOException {
        nameAccounts();
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> refuse(proxy, connections), "proxy that signs nobody in");
            serving.start();
            app.environment.put("HTTPS_PROXY", "http://user:" + KEY + "@127.0.0.1:" + proxy.getLocalPort());

            assertThat(app.run("doctor", "--backend=azure")).isEqualTo(ExitCode.TASKS_FAILED);

            assertThat(app.out())
                    .containsPattern(
                            "fail +Proxy for Batch +proxy http://\\*\\*\\*@127\\.0\\.0\\.1:" + proxy.getLocalPort()
                                    + " \\(HTTPS_PROXY\\).*407.*correct the user and password in HTTPS_PROXY")
                    .doesNotContain("AZURE_BATCH_ACCESS_KEY (az", "Proxy for storage", KEY);
            assertThat(connections).hasValueLessThan(3);
            assertThat(app.session.looked).isEmpty();
        }
    }

    private static void refuse(ServerSocket proxy, AtomicInteger connections) {
        while (!proxy.isClosed()) {
            try (Socket client = proxy.accept()) {
                connections.incrementAndGet();
                client.getInputStream().read(new byte[1 << 13]);
                client.getOutputStream()
                        .write("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The end of the test.
            }
        }
    }

    @Test
    void aDryRunNeedsNoAccounts() {
        assertThat(app.run("--backend=azure", "--dry-run", "a.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.settingsUsed).isEmpty();
    }

    @Test
    void aDryRunWithAccountsChecksThePlanAndCreatesNothing() throws IOException {
        nameAccounts();
        app.session.findings = List.of(
                new Finding("image", Result.WARNING, "a:b:c: ends on 2027-01-01", "use --vm-image=a:b:d"),
                new Finding("pools", Result.FAILED, "1 needed, 0 allowed", "request more"));

        assertThat(app.run("--backend=azure", "--dry-run", "a.txt")).isEqualTo(ExitCode.PROVIDER);
        assertThat(app.err())
                .contains("warning  image: a:b:c: ends on 2027-01-01", "-> use --vm-image=a:b:d")
                .contains("failed   pools: 1 needed, 0 allowed");
        app.run("--backend=azure", "--dry-run", "--json", "a.txt");

        JsonNode plan = new ObjectMapper().readTree(app.out()).path("plan");
        assertThat(plan.path("findings").path(0).path("result").asText()).isEqualTo("warning");
        assertThat(app.session.plans).isEmpty();
    }

    @Test
    void aWarningIsSaidAndKeptWithTheResultAndTheRunContinues() throws IOException {
        nameAccounts();
        Finding warning = new Finding("VM size", Result.WARNING, "x: ends on 2027-01-01", "choose another --vm-size");
        app.session.findings = List.of(warning);

        assertThat(app.run("--backend=azure", "--json", "a.txt")).isEqualTo(ExitCode.DONE);

        String text = "VM size x: ends on 2027-01-01; choose another --vm-size";
        assertThat(app.err()).containsOnlyOnce(text);
        assertThat(new ObjectMapper().readTree(app.out()).at("/warnings/0").asText())
                .isEqualTo(text);
        app.session.findings = List.of(warning, new Finding("pools", Result.FAILED, "0 allowed", "request more"));
        app.run("doctor", "--backend=azure");
        assertThat(app.out()).containsPattern("warn +VM size +x: ends on 2027-01-01");
    }

    @Test
    void aRunThatCannotWorkIsRefusedWithItsNumbersAndRemedies() {
        nameAccounts();
        app.session.findings = List.of(
                new Finding("Azure Batch", Result.PASSED, "signed in", ""),
                new Finding("dedicated cores", Result.FAILED, "4 x 2 = 8 needed, 6 allowed", "--nodes=3 fits"),
                new Finding("pools", Result.FAILED, "1 needed, 0 allowed", "request more"),
                new Finding("VM size", Result.UNKNOWN, "nobody knows", ""));

        assertThat(app.run("--backend=azure", "a.txt")).isEqualTo(ExitCode.PROVIDER);

        assertThat(app.err())
                .contains("failed   dedicated cores: 4 x 2 = 8 needed, 6 allowed", "-> --nodes=3 fits")
                .contains("failed   pools: 1 needed, 0 allowed", "-> request more")
                .contains("Not checked: VM size (--verbose says why).")
                .contains("nothing was created: 2 of the 4")
                .doesNotContain("nobody knows", "signed in");
        assertThat(app.session.plans).isEmpty();
        assertThat(app.session.closed).isTrue();
    }

    @Test
    void whatIsUnknownStopsNothingAndIsToldInFullWhenAskedFor() {
        nameAccounts();
        app.session.findings = List.of(new Finding("quotas", Result.UNKNOWN, "not asked for", "set them"));

        assertThat(app.run("--backend=azure", "-v", "a.txt")).isEqualTo(ExitCode.DONE);

        assertThat(app.err()).contains("unknown  quotas: not asked for", "-> set them");
        assertThat(app.session.plans).hasSize(1);
    }

    @Test
    void aRefusalIsJsonToo() throws IOException {
        nameAccounts();
        app.session.findings = List.of(new Finding("pools", Result.FAILED, "1 needed, 0 allowed", "request more"));

        assertThat(app.run("--backend=azure", "--json", "a.txt")).isEqualTo(ExitCode.PROVIDER);

        JsonNode document = new ObjectMapper().readTree(app.out());
        assertThat(document.path("status").asText()).isEqualTo("error");
        assertThat(document.path("exitCode").asInt()).isEqualTo(3);
        assertThat(document.path("error").path("code").asText()).isEqualTo("PREFLIGHT");
        assertThat(document.path("findings").get(0).path("subject").asText()).isEqualTo("pools");
        assertThat(document.path("findings").get(0).path("result").asText()).isEqualTo("failed");
        assertThat(document.path("findings").get(0).path("detail").asText()).isEqualTo("1 needed, 0 allowed");
        assertThat(document.path("findings").get(0).path("remedy").asText()).isEqualTo("request more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json", "-v"})
    void theDoctorNamesWhatIsMissing(String option) {
        app.environment.put("AZURE_STORAGE_KEY", KEY);

        assertThat(run(option, "doctor", "--backend=azure")).isEqualTo(ExitCode.USAGE);

        assertThat(app.out()).contains("AZURE_BATCH_ACCOUNT", "AZURE_BATCH_ENDPOINT", "AZURE_STORAGE_ACCOUNT");
        assertNothingHappened();
    }

    @Test
    void theDoctorTellsWhatWasFound() {
        nameAccounts();
        app.environment.put("AZURE_BATCH_ACCESS_KEY", KEY);
        app.session.findings = List.of(
                new Finding("Azure Batch", Result.PASSED, "signed in", ""),
                new Finding("quotas", Result.UNKNOWN, "not asked for", "set them"),
                new Finding("image", Result.FAILED, "there is none", "choose another one"));

        assertThat(app.run("doctor", "--backend=azure")).isEqualTo(ExitCode.TASKS_FAILED);

        assertThat(app.out())
                .containsPattern("ok +Settings +AZURE_BATCH_ACCOUNT, AZURE_BATCH_ACCESS_KEY, AZURE_BATCH_ENDPOINT")
                .containsPattern("ok +Batch account +mybatch at https://mybatch.*, with its key")
                .containsPattern("ok +Storage account +mystorage at https://mystorage.*, with Microsoft Entra ID")
                .containsPattern("warn +Quotas +not asked for")
                .containsPattern("fail +Image +there is none")
                .contains("-> choose another one", "The azure backend cannot run here yet.")
                .doesNotContain(KEY);
        assertThat(app.session.closed).isTrue();
    }

    @Test
    void theDoctorLooksAtTheNodesThatAreMeant() throws IOException {
        nameAccounts();
        app.make("config/config.properties", "nodes=3\nspot=true\n");
        app.session.findings = List.of(new Finding("image", Result.FAILED, "there is none", "choose another one"));

        app.run("doctor", "--backend=azure", "--vm-size=standard_d4s_v5", "--image=almalinux:almalinux-x86_64:9-gen2");

        PoolSpec pool = app.session.looked.get(0).pool();
        assertThat(pool.spotNodes()).isEqualTo(3);
        assertThat(pool.dedicatedNodes()).isZero();
        assertThat(pool.vmSize()).isEqualTo("standard_d4s_v5");
        assertThat(pool.image()).hasToString("almalinux:almalinux-x86_64:9-gen2");
    }

    private ExitCode run(String option, String... arguments) {
        if (option.isEmpty()) {
            return app.run(arguments);
        }
        String[] all = new String[arguments.length + 1];
        all[0] = arguments[0];
        all[1] = option;
        System.arraycopy(arguments, 1, all, 2, arguments.length - 1);
        return app.run(all);
    }

    private void nameAccounts() {
        app.environment.put("AZURE_BATCH_ACCOUNT", "mybatch");
        app.environment.put("AZURE_BATCH_ENDPOINT", "https://mybatch.westeurope.batch.azure.com");
        app.environment.put("AZURE_STORAGE_ACCOUNT", "mystorage");
    }

    private AzureConfig config() {
        assertThat(app.settingsUsed).hasSize(1);
        AzureSettings settings = (AzureSettings) app.settingsUsed.get(0);
        assertThat(settings.toString()).doesNotContain(KEY);
        return settings.config();
    }

    private void assertNothingHappened() {
        assertThat(app.settingsUsed).isEmpty();
        assertThat(app.session.plans).isEmpty();
        assertThat(app.out() + app.err()).doesNotContain(KEY);
    }

    @Test
    void anEmulatorThatDoesNotRunIsNamedAsSuch() throws IOException {
        int free;
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = port.getLocalPort();
        }
        Map<String, String> environment = Map.of(
                "AZURE_BATCH_ACCOUNT",
                "mybatch",
                "AZURE_BATCH_ENDPOINT",
                "http://127.0.0.1:" + free,
                "AZURE_BATCH_ACCESS_KEY",
                KEY,
                "AZURE_STORAGE_ACCOUNT",
                "mystorage",
                "AZURE_STORAGE_KEY",
                KEY);
        AzureSettings settings = AzureSettings.read(environment, Optional.empty());
        Backends backends = new Backends(text -> {});

        assertThat(settings.costsMoney()).isFalse();
        for (ThrowingCallable use :
                List.<ThrowingCallable>of(() -> backends.start(settings).close(), () -> backends.look(settings))) {
            assertThatExceptionOfType(BatchException.class)
                    .isThrownBy(use)
                    .withMessageContaining("emulator at http://127.0.0.1:" + free + ": it does not run")
                    .withMessageContaining("app/app emulator")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
    }
}
