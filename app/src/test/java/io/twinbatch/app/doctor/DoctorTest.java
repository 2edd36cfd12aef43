package io.twinbatch.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinbatch.app.doctor.Check.Level;
import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.LocalSettings;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.DockerPlaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
    @TempDir
    private Path folder;

    private final Map<String, String> programs = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private AzuriteChoice azurite = AzuriteChoice.AUTO;

    @BeforeEach
    void noDocker() {
        environment.put("DOCKER_HOST", "unix://" + folder.resolve("docker.sock"));
    }

    @Test
    void nodeAndNpmAreEnoughForAzurite() {
        programs.put("node", "v20.20.2");
        programs.put("npm", "11.0.0");
        assertThat(check("Azurite").level()).isEqualTo(Level.OK);
        assertThat(check("Docker engine").level()).isEqualTo(Level.OK);
        assertThat(check("Docker engine").finding()).contains("not needed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "unix:", "unix://", "tcp://", "tcp:localhost", "http://[", "\0", "unix://host/sock"})
    void aDockerHostThatIsNoAddressIsAFinding(String value) {
        environment.put("DOCKER_HOST", value);
        assertThat(check("Docker engine").level()).isEqualTo(Level.FAIL);
        assertThat(check("Docker engine").advice()).contains("unix:///var/run/docker.sock", "tcp://127.0.0.1:2375");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://localhost:1", "tcp://localhost:99999", "ssh://somewhere", "unix:///nowhere.sock"})
    void aDockerHostWhereNoEngineAnswersIsNamed(String value) {
        environment.put("DOCKER_HOST", value);
        assertThat(check("Docker engine").level()).isEqualTo(Level.WARN);
        assertThat(check("Docker engine").finding()).isEqualTo("does not answer at " + value);
    }

    @Test
    void aRootlessEngineIsLookedForWhereTheBackendLooks() throws IOException {
        Path socket = Files.createFile(folder.resolve("docker.sock"));
        environment.remove("DOCKER_HOST");
        environment.put("XDG_RUNTIME_DIR", folder.toString());
        assertThat(DockerPlaces.of(environment).engines())
                .extracting(place -> place.address().getPath())
                .contains(socket.toString());
    }

    @Test
    void aDockerContextThatIsNotFollowedIsSaid() {
        environment.remove("DOCKER_HOST");
        environment.put("DOCKER_CONTEXT", "colima");

        assertThat(check("Docker context").finding()).startsWith("'colima' is not followed");
    }

    @Test
    void withoutNodeAndDockerTheBackendCannotRun() {
        assertThat(check("Azurite").level()).isEqualTo(Level.FAIL);
        assertThat(check("Azurite").advice()).contains("install Node.js", "Docker", "--azurite");
        assertThat(check("Node.js").level()).isEqualTo(Level.WARN);
    }

    @Test
    void anOldNodeIsNotEnough() {
        programs.put("node", "v12.1.0");
        programs.put("npm", "6.0.0");
        assertThat(check("Azurite").level()).isEqualTo(Level.FAIL);
        assertThat(check("Node.js").finding()).isEqualTo("v12.1.0 is too old");
    }

    @Test
    void anInstallationNeedsNoNpm() throws IOException {
        programs.put("node", "v20.20.2");
        Files.createDirectories(AzuriteLauncher.installation(folder.resolve("cache")));
        assertThat(check("Azurite").finding()).contains("installed in");
    }

    @Test
    void whatIsInstalledFromNpmComesBeforeDocker() throws IOException {
        HttpServer docker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        docker.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        docker.start();
        try {
            environment.put(
                    "DOCKER_HOST", "tcp://127.0.0.1:" + docker.getAddress().getPort());
            programs.put("node", "v20.20.2");
            programs.put("npm", "11.0.0");
            assertThat(check("Azurite").finding()).startsWith("from Docker");
            Files.createDirectories(AzuriteLauncher.installation(folder.resolve("cache")));
            assertThat(check("Azurite").finding()).startsWith("from npm, installed in");
        } finally {
            docker.stop(0);
        }
    }

    @Test
    void anEndpointThatIsNamedNeedsNeither() {
        azurite = AzuriteChoice.parse("http://127.0.0.1:10000/devstoreaccount1");
        assertThat(check("Azurite").level()).isEqualTo(Level.OK);
    }

    @Test
    void aStateFolderOpenToOthersIsAWarning() throws IOException {
        assertThat(check("State folder").finding()).contains("will be created");
        Files.createDirectory(
                folder.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertThat(check("State folder").level()).isEqualTo(Level.OK);
        Files.setPosixFilePermissions(folder.resolve("state"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(check("State folder").level()).isEqualTo(Level.WARN);
        assertThat(check("State folder").advice()).isEqualTo("chmod 700 " + folder.resolve("state"));
    }

    @Test
    void aFileInPlaceOfTheCacheFolderIsAFailure() throws IOException {
        Files.writeString(folder.resolve("cache"), "");
        assertThat(check("Cache folder").level()).isEqualTo(Level.FAIL);
    }

    @Test
    void credentialsAreNamedAndNeverShown() {
        environment.put("AZURE_STORAGE_KEY", "c2VjcmV0");
        assertThat(check("Azure credentials").finding()).isEqualTo("AZURE_STORAGE_KEY");
        assertThat(examine()).asString().doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource({
        "XDG_CONFIG_HOME, config, is not an absolute path and is ignored",
        "XDG_STATE_HOME, state, is not an absolute path and is ignored",
        "XDG_CACHE_HOME, cache, is not an absolute path and is ignored",
        "XDG_RUNTIME_DIR, run, is not an absolute path and is ignored",
        "HOME, '', is not set",
        "HOME, ada, is not an absolute path",
        "HOME, /dev/null/none, is not a folder",
        "TMPDIR, /dev/null/none, is not a folder",
        "TMPDIR, /dev/null, is not a folder",
        "COLUMNS, wide, is not a number of columns and is ignored",
        "COLUMNS, -1, is not a number of columns and is ignored",
        "TESTCONTAINERS_RYUK_DISABLED, perhaps, 'is none of true, false'",
        "TESTCONTAINERS_HOST_OVERRIDE, no host, is not the name or address of a host",
        "DOCKER_TLS_VERIFY, perhaps, 'is none of 0, 1, true, false'"
    })
    void aVariableWithAWrongValueIsNamed(String variable, String value, String finding) {
        environment.put("HOME", folder.toString());
        assertThat(examine()).extracting(Check::name).doesNotContain(variable);
        environment.put(variable, value);
        assertThat(check(variable).level()).isEqualTo(Level.WARN);
        assertThat(check(variable).finding()).contains(finding);
        assertThat(check(variable).advice()).isNotEmpty();
    }

    @Test
    void certificatesThatAreMissingMatterForAnEngineElsewhere() {
        environment.put("HOME", folder.toString());
        environment.put("DOCKER_TLS_VERIFY", "1");
        environment.put("DOCKER_CERT_PATH", "/dev/null/none");
        assertThat(examine()).extracting(Check::name).doesNotContain("DOCKER_CERT_PATH");
        environment.put("DOCKER_HOST", "tcp://127.0.0.1:1");
        azurite = AzuriteChoice.parse("docker");
        assertThat(check("DOCKER_CERT_PATH").level()).isEqualTo(Level.FAIL);
    }

    private Check check(String name) {
        return examine().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Check> examine() {
        LocalSettings settings =
                new LocalSettings(folder.resolve("state"), folder.resolve("cache"), azurite, Optional.empty());
        return new Doctor(environment, settings, program -> Optional.ofNullable(programs.get(program))).examine();
    }
}
