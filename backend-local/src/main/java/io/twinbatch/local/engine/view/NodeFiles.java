package io.twinbatch.local.engine.view;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.node.NodeFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files below a folder of a node, as users of the API see them. */
public final class NodeFiles {
    private NodeFiles() {}

    /**
     * What is below a folder. What a running task removes meanwhile is left out.
     *
     * @param what what the folder belongs to, for messages
     * @param root the folder that nothing may leave
     * @param below the folder, relative to the root
     * @param deep whether folders below are listed too
     * @throws BatchException {@code NOT_FOUND} when there is no such folder, {@code INVALID} when it leaves the root
     */
    public static List<TaskFile> list(String what, Path root, String below, boolean deep) {
        Path folder = NodeFolder.resolveInside(what, root, below);
        List<TaskFile> files = new ArrayList<>();
        try {
            int depth = deep ? Integer.MAX_VALUE : 1;
            Files.walkFileTree(folder, Set.of(), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return visitFile(visited, attributes);
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!file.equals(folder)) {
                        files.add(describe(folder, file, attributes));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE, what, "its files cannot be listed: " + FailureReason.of(e), e);
        }
        return files;
    }

    private static TaskFile describe(Path folder, Path file, BasicFileAttributes attributes) {
        boolean isFolder = attributes.isDirectory();
        return new TaskFile(
                folder.relativize(file).toString(),
                isFolder,
                isFolder ? 0 : attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    /** A file from a position on. */
    static InputStream read(String what, Path root, String path, long offset) {
        if (offset < 0) {
            throw new BatchException(ErrorCode.INVALID, what, "an offset is 0 or more, not " + offset);
        }
        Path file = NodeFolder.resolveInside(what, root, path);
        if (!Files.isRegularFile(file)) {
            throw new BatchException(ErrorCode.NOT_FOUND, what, path + " is not a file");
        }
        try {
            return open(file, offset);
        } catch (IOException e) {
            throw new BatchException(ErrorCode.UNAVAILABLE, what, path + " cannot be read: " + FailureReason.of(e), e);
        }
    }

    /** Opens a file at a position. The caller closes it. */
    public static InputStream open(Path file, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        channel.position(offset);
        return Channels.newInputStream(channel);
    }
}
