package io.twinbatch.api.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {
    @TempDir
    private Path folder;

    @Test
    void aRangeIsReadAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("range"), "0123456789");

        try (SourceFile source = SourceFile.open("object o", file, new FileRange(3, 4))) {
            assertThat(source.listedSize()).isEqualTo(4);
            assertThat(source.readAllBytes()).asString().isEqualTo("3456");
            assertThat(source.count()).isEqualTo(4);
            assertThat(source.sha256()).isEqualTo(new Sha256().add("3456").hex());
        }
    }

    @Test
    void aRangeOfAFileThatIsWrittenToOrBecomesShorterIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("range"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        try (SourceFile source = SourceFile.open("object o", file, new FileRange(3, 4))) {
            Files.writeString(file, "0123456780");
            assertThatExceptionOfType(BatchException.class)
                    .isThrownBy(source::readAllBytes)
                    .withMessageContaining("was written to");
        }
        try (SourceFile source = SourceFile.open("object o", file, new FileRange(8, 4))) {
            assertThatExceptionOfType(BatchException.class)
                    .isThrownBy(source::readAllBytes)
                    .withMessageContaining("has become shorter");
        }
    }

    @Test
    void aFileThatIsListedAsEmptyIsReadToItsEnd() throws IOException {
        Path file = Path.of("/proc/version");
        assumeTrue(Files.isReadable(file), "there is a /proc");
        byte[] content = Files.readAllBytes(file);
        assertThat(Files.size(file)).isZero();
        assertThat(SourceFile.sizeOf(file)).isEqualTo(content.length);
        try (SourceFile source = SourceFile.open("object x", file)) {
            assertThat(source.readAllBytes()).isEqualTo(content);
            assertThat(source.count()).isEqualTo(content.length);
        }
    }

    @Test
    void aFileOfASystemThatListsAPageHasTheBytesThatItHolds() throws IOException {
        Path file = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        assumeTrue(Files.isReadable(file), "there is a /sys");
        assertThat(SourceFile.sizeOf(file)).isEqualTo(Files.readAllBytes(file).length);
    }

    @Test
    void aFileThatGrowsShrinksOrIsReplacedWhileItIsReadIsRefused() throws IOException {
        refusesAfter(file -> Files.writeString(file, "more", StandardOpenOption.APPEND), "it grew from 5 to 9 bytes");
        refusesAfter(file -> Files.writeString(file, "a"), "it shrank from 5 to 1 bytes");
        refusesAfter(Files::delete, "it was deleted");
        refusesAfter(
                file -> Files.move(
                        Files.writeString(folder.resolve("new"), "other"), file, StandardCopyOption.REPLACE_EXISTING),
                "it was replaced by another file");
    }

    private interface Change {
        void to(Path file) throws IOException;
    }

    private void refusesAfter(Change change, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "words");
        try (SourceFile source = SourceFile.open("object x", file)) {
            assertThat(source.readNBytes(2)).hasSize(2);
            change.to(file);
            assertThatThrownBy(source::readAllBytes)
                    .isInstanceOf(BatchException.class)
                    .hasMessageContaining(file + " changed while it was read: " + reason);
        }
    }
}
