package io.twinbatch.api.workflow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
    @TempDir
    private Path folder;

    private Path file(String name, Instant changed) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        Files.setLastModifiedTime(file, FileTime.from(changed));
        return file;
    }

    @Test
    void whatKilledRunsHaveLeftLongAgoIsDeletedAndNothingElse() throws IOException {
        Instant old = Instant.now().minus(TemporaryFiles.STALE).minusSeconds(60);
        Path outside = file("kept/outside", old);
        file("twinbatch-list-1.txt", old);
        file("twinbatch-list-2.txt", Instant.now());
        file("twinbatch-mine", old);
        file("other-list-1.txt", old);
        file("twinbatch-samples-1/bread.txt", old);
        Files.createSymbolicLink(folder.resolve("twinbatch-samples-1/link"), outside);
        Files.setLastModifiedTime(folder.resolve("twinbatch-samples-1"), FileTime.from(old));
        file("twinbatch-log-1/folder/file", old);
        Files.setLastModifiedTime(folder.resolve("twinbatch-log-1"), FileTime.from(old));

        new TemporaryFiles(folder, Clock.systemUTC()).sweep();

        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(path -> folder.relativize(path).toString()))
                    .containsExactlyInAnyOrder(
                            "kept/outside",
                            "twinbatch-list-2.txt",
                            "twinbatch-mine",
                            "other-list-1.txt",
                            "twinbatch-log-1/folder/file");
        }
    }

    @Test
    void aFolderThatIsNotThereIsNoFailure() {
        new TemporaryFiles(folder.resolve("none"), Clock.systemUTC()).sweep();

        assertThat(folder).isEmptyDirectory();
    }
}
