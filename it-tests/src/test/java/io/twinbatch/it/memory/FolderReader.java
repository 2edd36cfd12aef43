package io.twinbatch.it.memory;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.task.TaskFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of a node, for those who may see what is in it and nothing else.
 *
 * @param resource what it belongs to
 * @param root the folder
 */
record FolderReader(String resource, Path root) {
    /** What lies below a folder in it; files that vanish meanwhile are left out. */
    List<TaskFile> list(String folder) {
        Path top = inside(folder);
        List<TaskFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
                    if (!found.equals(top)) {
                        add(found, attributes);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) {
                    add(found, attributes);
                    return FileVisitResult.CONTINUE;
                }

                private void add(Path found, BasicFileAttributes attributes) {
                    boolean directory = attributes.isDirectory();
                    files.add(new TaskFile(
                            top.relativize(found).toString(),
                            directory,
                            directory ? 0 : attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                }

                @Override
                public FileVisitResult visitFileFailed(Path found, IOException e) throws IOException {
                    if (found.equals(top)) {
                        throw e;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path found, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw missing();
        }
        return files;
    }

    /** A file, from a position on. */
    InputStream read(String path, long offset) {
        Path file = inside(path);
        if (!Files.isRegularFile(file)) {
            throw missing();
        }
        try {
            SeekableByteChannel channel = Files.newByteChannel(file);
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException e) {
            throw missing();
        }
    }

    private Path inside(String path) {
        Path wanted = root.resolve(path).normalize();
        try {
            boolean leaves = Path.of(path).isAbsolute()
                    || !wanted.startsWith(root)
                    || (Files.exists(wanted) && !wanted.toRealPath().startsWith(root.toRealPath()));
            if (leaves) {
                throw new BatchException(ErrorCode.INVALID, resource, "a path may not leave its folder");
            }
        } catch (IOException e) {
            throw missing();
        }
        return wanted;
    }

    private BatchException missing() {
        return new BatchException(ErrorCode.NOT_FOUND, resource, "there is no such file");
    }

    /** Deletes a folder with all that is in it, which may be nothing. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                if (!file.delete() && file.exists()) {
                    throw new UncheckedIOException(new IOException(file + " cannot be deleted"));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
