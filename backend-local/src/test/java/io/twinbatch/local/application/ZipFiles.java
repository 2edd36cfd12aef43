package io.twinbatch.local.application;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Makes zip files for tests. */
public final class ZipFiles {
    private ZipFiles() {}

    /** Makes {@code ID/VERSION.zip} with a program {@code bin/run} that anybody may execute, and a text beside it. */
    public static void program(Path folder, String id, String version, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve(id)).resolve(version + ".zip");
        Files.deleteIfExists(file);
        try (FileSystem zip =
                FileSystems.newFileSystem(file, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            Files.createDirectory(zip.getPath("bin"));
            Path program = Files.writeString(zip.getPath("bin", "run"), "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path text = Files.writeString(zip.getPath("about.txt"), id + " " + version);
            Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("r--r--r--"));
        }
    }
}
