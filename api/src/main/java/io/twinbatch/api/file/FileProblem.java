package io.twinbatch.api.file;

import io.twinbatch.api.error.FailureReason;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Why a path cannot be read as a file.
 *
 * @param missing whether there is nothing at all
 * @param reason the reason, in words that follow the path
 */
public record FileProblem(boolean missing, String reason) {
    private static final int TYPE = 0170000;
    private static final int FIFO = 0010000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int SOCKET = 0140000;

    /** Tries to open a path; empty when it is a regular file that can be read. */
    public static Optional<FileProblem> of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.of(new FileProblem(false, kind(path, attributes)));
            }
            try (SeekableByteChannel opened = Files.newByteChannel(path)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of(of(path, e));
        }
    }

    /** The same, of a path that has failed already. */
    public static FileProblem of(Path path, IOException failure) {
        if (failure instanceof FileSystemLoopException) {
            return new FileProblem(false, "is a link" + target(path) + ", a folder above it");
        }
        if (failure instanceof AccessDeniedException) {
            return new FileProblem(false, "cannot be read: permission denied");
        }
        if (failure instanceof NoSuchFileException) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    ? new FileProblem(false, "is a link" + target(path) + ", which does not exist")
                    : new FileProblem(true, "does not exist");
        }
        return new FileProblem(false, "cannot be read: " + FailureReason.of(failure));
    }

    private static String target(Path path) {
        try {
            return " to " + Files.readSymbolicLink(path);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String kind(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            return "is a folder";
        }
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "is not a regular file";
        }
        return switch ((int) Files.getAttribute(path, "unix:mode") & TYPE) {
            case FIFO -> "is a FIFO";
            case CHARACTER_DEVICE, BLOCK_DEVICE -> "is a device";
            case SOCKET -> "is a socket";
            default -> "is not a regular file";
        };
    }
}
