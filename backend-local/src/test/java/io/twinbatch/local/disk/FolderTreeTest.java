package io.twinbatch.local.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
    @TempDir
    private Path temp;

    @Test
    void aTreeIsDeletedWithoutFollowingLinks() throws IOException {
        Files.createFile(temp.resolve("outside"));
        Path folder = temp.resolve("folder");
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Files.createFile(deep.resolve("file"));
        Files.createSymbolicLink(deep.resolve("parent"), temp);
        Files.setPosixFilePermissions(folder.resolve("a"), PosixFilePermissions.fromString("r-x------"));
        FolderTree.delete(folder);
        assertThat(folder).doesNotExist();
        assertThat(temp.resolve("outside")).exists();
        FolderTree.delete(folder);
    }
}
