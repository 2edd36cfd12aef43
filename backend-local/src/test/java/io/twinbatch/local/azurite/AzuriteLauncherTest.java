package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzuriteLauncherTest {
    private static final String NO_ENGINE = "unix:///nonexistent/docker.sock";

    @TempDir
    private Path folder;

    private final List<String> progress = new ArrayList<>();

    @Test
    void withNothingToRunItItSaysWhatToInstall() {
        BatchException failure = fails(launcher(""), AzuriteConfig.of(AzuriteSource.AUTO, folder, folder));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("Node.js").hasMessageContaining("Docker");
    }

    @Test
    void withoutNodeNpmIsNotPossible() {
        BatchException failure = fails(launcher(""), AzuriteConfig.of(AzuriteSource.NPM, folder, folder));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("node is not on the PATH");
    }

    @Test
    void aDeadEngineIsNamedWithItsSettingBeforeTestcontainersLooksForAnother() {
        AzuriteLauncher launcher = new AzuriteLauncher(Map.of("PATH", "", "DOCKER_HOST", "tcp://127.0.0.1:1"));

        BatchException failure = fails(launcher, AzuriteConfig.of(AzuriteSource.DOCKER, folder, folder));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure)
                .hasMessage("Docker: no engine answers at tcp://127.0.0.1:1 (DOCKER_HOST); start it, correct or remove"
                        + " that setting, or take Azurite from npm");
    }

    @Test
    void withoutAnEngineItComesFromNpm() throws IOException {
        Path bin = folder.resolve("bin");
        Script.write(
                bin.resolve("npm"),
                "mkdir -p node_modules/azurite/dist/src/blob",
                "echo > node_modules/azurite/dist/src/blob/main.js");
        Script.write(
                bin.resolve("node"),
                "echo \"$@\" > '" + folder.resolve("arguments") + "'",
                "echo successfully listens on http://127.0.0.1:4711",
                "cat");
        AzuriteConfig config = AzuriteConfig.of(AzuriteSource.AUTO, folder.resolve("data"), folder.resolve("cache"));

        try (Azurite azurite = launcher(bin + ":/usr/bin:/bin").start(config.withPort(4711), progress::add)) {
            assertThat(azurite.describe()).contains("npm");
        }
        assertThat(folder.resolve("arguments"))
                .content()
                .contains("--blobHost 127.0.0.1", "--blobPort 4711", "--location " + folder.resolve("data"))
                .contains("--disableTelemetry");
    }

    @Test
    void whereverItListensItsUrlsNameTheLoopbackAddress() throws IOException {
        Path bin = folder.resolve("bin");
        Script.write(bin.resolve("npm"), "exit 1");
        Script.write(
                bin.resolve("node"),
                "echo \"$@\" > '" + folder.resolve("arguments") + "'",
                "echo successfully listens on http://0.0.0.0:4711",
                "cat");
        Path cache = folder.resolve("cache");
        Files.createDirectories(AzuriteLauncher.installation(cache));
        AzuriteConfig config = new AzuriteConfig(
                AzuriteSource.NPM, Optional.empty(), folder.resolve("data"), cache, Optional.of(4711), "0.0.0.0");

        try (Azurite azurite = launcher(bin + ":/usr/bin:/bin").start(config, progress::add)) {
            assertThat(azurite.blobConfig().endpoint()).isEqualTo(URI.create("http://127.0.0.1:4711/twinbatch"));
        }
        assertThat(folder.resolve("arguments")).content().contains("--blobHost 0.0.0.0", "--blobPort 4711");
    }

    @Test
    void whatIsInstalledFromNpmIsTakenBeforeDockerIsAsked() throws IOException {
        Path bin = folder.resolve("bin");
        Script.write(bin.resolve("npm"), "exit 1");
        Script.write(bin.resolve("node"), "echo successfully listens on http://127.0.0.1:4711", "cat");
        Path cache = folder.resolve("cache");
        Files.createDirectories(AzuriteLauncher.installation(cache));
        AtomicInteger asked = new AtomicInteger();
        HttpServer docker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        docker.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        docker.start();
        AzuriteLauncher launcher = new AzuriteLauncher(Map.of(
                "PATH",
                bin + ":/usr/bin:/bin",
                "DOCKER_HOST",
                "tcp://127.0.0.1:" + docker.getAddress().getPort(),
                "TESTCONTAINERS_RYUK_DISABLED",
                "true"));

        AzuriteConfig config = AzuriteConfig.of(AzuriteSource.AUTO, folder.resolve("data"), cache);
        try (Azurite azurite = launcher.start(config, progress::add)) {
            assertThat(azurite.describe()).contains("npm");
            assertThat(asked).hasValue(0);
        } finally {
            docker.stop(0);
        }
    }

    @Test
    void aNamedEndpointIsUsedAsItIs() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> exchange.sendResponseHeaders(400, -1));
        server.start();
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();

        try (Azurite azurite = launcher("").start(AzuriteConfig.atEndpoint(endpoint, folder, folder), progress::add)) {
            assertThat(azurite.isAlive()).isTrue();
            assertThat(azurite.blobConfig().endpoint()).isEqualTo(URI.create(endpoint + "/devstoreaccount1"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anEndpointWhereNothingAnswersIsUnavailable() {
        BatchException failure = fails(
                launcher(""),
                AzuriteConfig.atEndpoint(
                        "AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/a", folder, folder));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("http://127.0.0.1:1/a").hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void aConfigurationThatDoesNotFitTogetherIsRefused() {
        for (Runnable bad : List.<Runnable>of(
                () -> AzuriteConfig.of(AzuriteSource.ENDPOINT, folder, folder),
                () -> AzuriteConfig.of(AzuriteSource.NPM, folder, folder).withPort(0),
                () -> AzuriteConfig.of(AzuriteSource.NPM, folder, folder).withPort(65_536))) {
            BatchException failure = catchThrowableOfType(BatchException.class, bad::run);
            assertThat(failure).isNotNull();
            assertThat(failure.code()).isEqualTo(ErrorCode.INVALID);
        }
        assertThat(AzuriteConfig.atEndpoint("AccountKey=c2VjcmV0", folder, folder)
                        .toString())
                .doesNotContain("c2VjcmV0");
    }

    private BatchException fails(AzuriteLauncher launcher, AzuriteConfig config) {
        BatchException failure =
                catchThrowableOfType(BatchException.class, () -> launcher.start(config, progress::add));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static AzuriteLauncher launcher(String path) {
        return new AzuriteLauncher(Map.of("PATH", path, "DOCKER_HOST", NO_ENGINE));
    }
}
