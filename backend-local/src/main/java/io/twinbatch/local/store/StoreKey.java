package io.twinbatch.local.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The key that the store is encrypted with, in a file that nobody but its user may read. */
final class StoreKey {
    private static final int BYTES = 32;

    private StoreKey() {}

    /** Makes a key. The file is there whole or not at all, whenever the process dies. */
    static void create(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    written, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(
                written,
                HexFormat.of().formatHex(bytes),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads the key. */
    static char[] read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip().toCharArray();
    }
}
