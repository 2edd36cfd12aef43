package io.twinbatch.local.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderOwnerTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void aFolderWithoutAnOwnerIsFree() throws IOException {
        assertThatCode(() -> new DataFolderOwner(folder, LONG).awaitEnd()).doesNotThrowAnyException();
        Files.writeString(folder.resolve("azurite.pid"), "12");
        assertThatCode(() -> new DataFolderOwner(folder, LONG).awaitEnd()).doesNotThrowAnyException();
    }

    @Test
    void theEndOfTheLastOwnerIsAwaited() throws IOException {
        Process last = new ProcessBuilder("sleep", "0.3").start();
        new DataFolderOwner(folder, LONG).become(last.toHandle());

        new DataFolderOwner(folder, LONG).awaitEnd();

        assertThat(last.isAlive()).isFalse();
    }

    @Test
    void anOwnerThatStaysIsNamed() throws IOException {
        Process last = new ProcessBuilder("sleep", "600").start();
        try {
            new DataFolderOwner(folder, LONG).become(last.toHandle());

            BatchException failure = catchThrowableOfType(
                    BatchException.class, () -> new DataFolderOwner(folder, Duration.ofMillis(50)).awaitEnd());

            assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(failure).hasMessageContaining("process " + last.pid());
        } finally {
            last.destroyForcibly();
        }
    }

    @Test
    void anotherProcessThatHasGotTheNumberIsNotTheOwner() throws IOException {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(folder.resolve("azurite.pid"), other.pid() + " 1000");

            assertThatCode(() -> new DataFolderOwner(folder, LONG).awaitEnd()).doesNotThrowAnyException();
        } finally {
            other.destroyForcibly();
        }
    }
}
