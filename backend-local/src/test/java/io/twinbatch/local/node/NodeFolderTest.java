package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFolderTest {
    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("folder"));
        Files.createFile(folder.resolve("file"));
        Files.createFile(temp.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("out"), temp.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("in"), folder.resolve("file"));
        Files.createSymbolicLink(folder.resolve("round"), folder.resolve("round"));
    }

    @ParameterizedTest
    @CsvSource({
        "../outside, INVALID",
        "../missing, INVALID",
        "../../../../../../etc/passwd, INVALID",
        "a/../../outside, INVALID",
        "/etc/passwd, INVALID",
        "/no/such/file, INVALID",
        "out, INVALID",
        "missing, NOT_FOUND",
        "missing/deeper, NOT_FOUND",
        "file/deeper, NOT_FOUND",
        "round, NOT_FOUND",
    })
    void aPathThatLeavesOrLeadsNowhereIsRefused(String path, ErrorCode code) {
        BatchException refusal =
                catchThrowableOfType(BatchException.class, () -> NodeFolder.resolveInside("task j/t", folder, path));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining("task j/t").hasMessageContaining(path);
    }

    @Test
    void aPathThatNoSystemTakesIsRefused() {
        BatchException refusal =
                catchThrowableOfType(BatchException.class, () -> NodeFolder.resolveInside("task j/t", folder, "a\0b"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        String long256 = "x".repeat(256);
        assertThat(catchThrowableOfType(
                                BatchException.class, () -> NodeFolder.resolveInside("task j/t", folder, long256))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aPathInsideIsResolvedWithItsLinks() throws IOException {
        Path file = folder.toRealPath().resolve("file");
        assertThat(NodeFolder.resolveInside("task", folder, "file")).isEqualTo(file);
        assertThat(NodeFolder.resolveInside("task", folder, "in")).isEqualTo(file);
        assertThat(NodeFolder.resolveInside("task", folder, "")).isEqualTo(folder.toRealPath());
    }
}
