package io.twinbatch.api.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder that is to be written, and made when it is missing.
 *
 * @param path where it is or is going to be
 */
public record WritableFolder(Path path) {
    /** File systems give room in such pieces; no result takes less. */
    private static final int PROBE_BYTES = 4096;

    /**
     * Tries to write to the folder, or to the nearest one above it that exists. What is written is deleted again.
     *
     * @return what keeps the folder from being made or written; empty when nothing does
     */
    public Optional<String> problem() {
        Path existing = nearestExisting();
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            return obstacle;
        }
        try {
            probe(existing);
            return Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.of("no permission to write to " + existing);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException system && system.getReason() != null
                    ? system.getReason()
                    : "no file can be made there";
            return Optional.of(existing + " cannot be written to: " + reason + " ("
                    + existing.toFile().getUsableSpace() / 1024 + " KiB free)");
        }
    }

    /**
     * What is in the place of the folder, or of one above it. Writes nothing.
     *
     * @return the path in the way and what it is; empty for a folder, and for one that can be created
     */
    public Optional<String> obstacle() {
        Path existing = nearestExisting();
        if (!Files.isDirectory(existing)) {
            String what = Files.isSymbolicLink(existing) && !Files.exists(existing)
                    ? FileProblem.of(existing).map(FileProblem::reason).orElse("is not a folder")
                    : "is not a folder";
            return Optional.of(existing + " " + what);
        }
        return Optional.empty();
    }

    /** The folder itself, or the nearest one above it that exists. */
    public Path nearestExisting() {
        Path at = path.toAbsolutePath();
        // Not normalised: the system resolves each part of FILE/../FOLDER.
        while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    private static void probe(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".twinbatch-", ".probe");
        try (SeekableByteChannel file = Files.newByteChannel(probe, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
