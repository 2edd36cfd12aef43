package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmInstallationTest {
    /** What npm does, as far as it can be seen: it notes that it ran, and makes the entry point. */
    private static final String[] INSTALLS = {
        "echo ran >> ../runs",
        "test -f package-lock.json && test -f launcher.js && test -f absent/sequelize/index.js || exit 9",
        "mkdir -p node_modules/azurite/dist/src/blob",
        "echo > node_modules/azurite/dist/src/blob/main.js"
    };

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<String> progress = new ConcurrentLinkedQueue<>();

    @Test
    void itIsInstalledOnceAndSaysSoOnce() throws IOException {
        Path place = installation(INSTALLS).ensure(progress::add);
        Path again = installation("exit 1").ensure(progress::add);

        assertThat(again).isEqualTo(place);
        assertThat(NpmInstallation.entryPoint(place)).exists();
        assertThat(NpmInstallation.launcher(place)).exists();
        assertThat(progress).singleElement().asString().contains("installing Azurite 3.37.0", place.toString());
    }

    @Test
    void severalAtOnceInstallItOnce() throws IOException {
        NpmInstallation installation = installation(INSTALLS);

        List<CompletableFuture<Path>> all = IntStream.range(0, 4)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> installation.ensure(progress::add)))
                .toList();

        assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(cache().resolve("runs")).hasContent("ran");
    }

    @Test
    void aFailureShowsTheLastLinesAndLeavesNothing() throws IOException {
        BatchException failure = fails(installation("echo 'npm error network is down' >&2", "exit 1"));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("network is down").hasMessageContaining("exit code 1");
        assertThat(cacheEntries()).containsExactly("azurite.lock");
    }

    @Test
    void anInstallationWithoutAzuriteIsNotTrusted() throws IOException {
        assertThat(fails(installation("exit 0")).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(cacheEntries()).containsExactly("azurite.lock");
    }

    @Test
    void whatAnInterruptedInstallationLeftIsRemoved() throws IOException {
        Path left = Files.createDirectories(cache().resolve("azurite-3.37.0-0123.installing-4567/node_modules"));

        installation(INSTALLS).ensure(progress::add);

        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void oneThatTakesTooLongIsEnded() throws IOException {
        NpmInstallation installation = new NpmInstallation(
                cache(), Script.write(folder.resolve("npm"), "exec sleep 600"), Duration.ofMillis(300));

        assertThat(fails(installation).code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(cacheEntries()).containsExactly("azurite.lock");
    }

    @Test
    void theLockFileNamesTheVersionAndNoRegistry() throws IOException {
        try (InputStream resource = NpmInstallation.class.getResourceAsStream("package-lock.json")) {
            String lock = new String(resource.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(lock).contains("\"azurite\": \"" + NpmInstallation.VERSION + "\"");
            assertThat(lock.lines().filter(line -> line.contains("\"resolved\"")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("\"absent/"));
        }
    }

    private BatchException fails(NpmInstallation installation) {
        BatchException failure = catchThrowableOfType(BatchException.class, () -> installation.ensure(progress::add));
        assertThat(failure).isNotNull();
        return failure;
    }

    private NpmInstallation installation(String... npm) throws IOException {
        return new NpmInstallation(cache(), Script.write(folder.resolve("npm"), npm), Duration.ofMinutes(1));
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private List<String> cacheEntries() throws IOException {
        try (Stream<Path> entries = Files.list(cache())) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
