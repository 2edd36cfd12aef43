package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzuriteProcessTest {
    private static final String LISTENS = "echo 'Azurite Blob service successfully listens on http://127.0.0.1:4711'";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private AzuriteAccount account;

    @BeforeEach
    void createAccount() {
        account = AzuriteAccount.of(folder.resolve("data"));
    }

    @Test
    void itsAddressIsTheOneThatItReports() throws Exception {
        try (AzuriteProcess azurite = start(LIMIT, LISTENS, "cat")) {
            assertThat(azurite.blobConfig().endpoint()).isEqualTo(URI.create("http://127.0.0.1:4711/twinbatch"));
            assertThat(azurite.blobConfig().credential()).isEqualTo(account.key());
            assertThat(azurite.describe()).contains("127.0.0.1:4711");
            assertThat(azurite.isAlive()).isTrue();
        }
    }

    @Test
    void itLearnsItsAccountFromTheEnvironmentAndNotFromTheCommandLine() throws Exception {
        Path seen = folder.resolve("seen");
        try (AzuriteProcess azurite =
                start(LIMIT, "printf '%s' \"$AZURITE_ACCOUNTS\" > '" + seen + "'", LISTENS, "cat")) {
            assertThat(seen).hasContent("twinbatch:" + account.key().base64());
            assertThat(azurite.handle().info().commandLine().orElse(""))
                    .doesNotContain(account.key().base64());
        }
    }

    @Test
    void closingItsInputEndsIt() throws Exception {
        Path ended = folder.resolve("ended");
        AzuriteProcess azurite = start(LIMIT, LISTENS, "cat", "echo yes > '" + ended + "'");

        azurite.close();

        assertThat(azurite.isAlive()).isFalse();
        assertThat(ended).hasContent("yes");
        azurite.close();
    }

    @Test
    void itsDeathIsSeen() throws Exception {
        AzuriteProcess azurite = start(LIMIT, LISTENS, "exec cat");

        azurite.handle().destroyForcibly();
        azurite.handle().onExit().get(20, TimeUnit.SECONDS);

        assertThat(azurite.isAlive()).isFalse();
        azurite.close();
    }

    @Test
    void whatItSaidIsShownWhenItEndsAtOnce() {
        BatchException failure = startFails(LIMIT, "echo 'no room on this disk' >&2", "exit 3");

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("exit code 3").hasMessageContaining("no room on this disk");
    }

    @Test
    void aTakenPortIsNamedWithWhatToDo() {
        BatchException failure = startFails(
                LIMIT,
                "echo 'Exit due to unhandled error: listen EADDRINUSE: address already in use 127.0.0.1:10000'",
                "exit 1");

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("port 10000").hasMessageContaining("name another port");
    }

    @Test
    void oneThatNeverListensIsGivenUpAndEnded() throws Exception {
        Path pid = folder.resolve("pid");

        BatchException failure =
                startFails(Duration.ofSeconds(1), "echo $$ > '" + pid + "'", "echo thinking", "exec sleep 600");

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("within 1 s").hasMessageContaining("thinking");
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                .isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        BatchException failure = catchThrowableOfType(
                BatchException.class, () -> AzuriteProcess.start(List.of("/no/such/node"), account, LIMIT));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("/no/such/node");
    }

    private BatchException startFails(Duration limit, String... lines) {
        BatchException failure = catchThrowableOfType(
                BatchException.class, () -> start(limit, lines).close());
        assertThat(failure).isNotNull();
        return failure;
    }

    private AzuriteProcess start(Duration limit, String... lines) throws IOException {
        Path script = Script.write(folder.resolve("azurite"), lines);
        return AzuriteProcess.start(List.of(script.toString()), account, limit);
    }
}
