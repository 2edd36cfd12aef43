package io.twinbatch.local.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Files and folders that no other user of the machine can read. */
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /**
     * Makes a folder, private from its first moment, with those above it; the rights of others to one that was there
     * already are taken away.
     */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(FOLDER));
        if (POSIX && !Files.getPosixFilePermissions(folder).equals(FOLDER)) {
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    /** Makes one folder that is not there yet, private from its first moment. */
    public static void createOne(Path folder) throws IOException {
        Files.createDirectory(folder, attributes(FOLDER));
    }

    /** Makes a file that is private from its first moment; one that is there already is made so. */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(FILE));
        } catch (FileAlreadyExistsException e) {
            restrict(file);
        }
    }

    /** Whether users other than its owner have rights to a file or folder. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        return POSIX && Files.getPosixFilePermissions(path).stream().anyMatch(right -> !FOLDER.contains(right));
    }

    /** Whether a folder belongs to the user that this process runs as. */
    public static boolean isOwn(Path folder) throws IOException {
        if (!POSIX) {
            return true;
        }
        // What this process makes is its user's, whether or not the system has a name for that user.
        Path probe = Files.createTempFile(folder, ".twinbatch-", ".probe", attributes(FILE));
        try {
            return Files.getOwner(folder).equals(Files.getOwner(probe));
        } finally {
            Files.delete(probe);
        }
    }

    /**
     * Writes a file whole, unless there is one. It survives a failure of the machine.
     *
     * @return false when there was one
     */
    public static boolean writeNew(Path file, String text) throws IOException {
        Path whole = write(file, text.getBytes(StandardCharsets.UTF_8));
        try {
            // A link, unlike a move, never takes the place of a file that another process has just written.
            Files.createLink(file, whole);
            flushFolder(file.toAbsolutePath().getParent());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** Writes a file whole, in place of the one that was there. It survives a failure of the machine. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path whole = write(file, content);
        try {
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            flushFolder(file.toAbsolutePath().getParent());
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** Takes the rights of others to a file away. */
    public static void restrict(Path file) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    /** Has the names in a folder survive a failure of the machine, where the system can do that. */
    public static void flushFolder(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Path write(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try (FileChannel channel = FileChannel.open(
                beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes(FILE))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        return beside;
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> rights) {
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)} : new FileAttribute<?>[0];
    }
}
