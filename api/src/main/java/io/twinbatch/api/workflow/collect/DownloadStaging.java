package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.stage.TemporaryFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hidden folder in the output folder where a run's results stay until they have been checked. It has the same name
 * whenever the run is resumed.
 *
 * <p>A result gets its name as a second hard link of the hidden file, which stays until the run ends. A run that is resumed
 * thus knows which results are its own: when the object store has lost one, and its task runs again, the new result
 * replaces the old one. A file that another program has made in the meantime is never replaced.
 */
final class DownloadStaging implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DownloadStaging.class);

    private final Path folder;
    private final AtomicInteger count = new AtomicInteger();

    /** What identifies the files that the run has published until now; read when it is first asked for. */
    private Optional<Set<Object>> published = Optional.empty();

    private DownloadStaging(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder of a run; it is made when it is first needed. */
    static DownloadStaging open(Path outputFolder, RunId run) {
        return new DownloadStaging(folder(outputFolder, run));
    }

    private static Path folder(Path outputFolder, RunId run) {
        return outputFolder.resolve(".twinbatch-" + run);
    }

    /** Deletes the folder of a run that has ended. Its results keep their names. */
    static void delete(Path outputFolder, RunId run) {
        Path folder = folder(outputFolder, run);
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            TemporaryFiles.delete(folder);
        }
    }

    /** A place for one more result; there is nothing yet. Called from several threads. */
    Path next() throws IOException {
        Files.createDirectories(folder);
        Path place;
        do {
            place = folder.resolve(count.getAndIncrement() + ".part");
        } while (Files.exists(place, LinkOption.NOFOLLOW_LINKS));
        return place;
    }

    /**
     * Gives a hidden file its name.
     *
     * @throws FileAlreadyExistsException when there is a file of that name that this run has not made
     */
    void publish(Path hidden, Path target) throws IOException {
        try {
            // A hard link fails when the name is taken, without a moment between asking and doing; a move has one.
            Files.createLink(target, hidden);
        } catch (FileAlreadyExistsException e) {
            if (!isOwn(target)) {
                throw e;
            }
            Files.createLink(next(), hidden);
            replace(hidden, target);
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.move(hidden, target);
        }
    }

    /** Gives a hidden file its name, whatever has that name now. */
    void replace(Path hidden, Path target) throws IOException {
        Files.move(hidden, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private synchronized boolean isOwn(Path target) throws IOException {
        if (published.isEmpty()) {
            Set<Object> keys = new HashSet<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    key(file).ifPresent(keys::add);
                }
            }
            published = Optional.of(keys);
        }
        return key(target).filter(published.get()::contains).isPresent();
    }

    private static Optional<Object> key(Path file) throws IOException {
        try {
            return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Deletes what was not published, by this client or by one that was killed. */
    @Override
    public void close() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                deleteUnpublished(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | DirectoryIteratorException e) {
            // A folder with published files is not empty; what is left goes when the run ends.
            LOG.debug("The folder {} stays", folder, e);
        }
    }

    /** Deletes a hidden file that has no second name; nothing happens when there is none. */
    static void deleteUnpublished(Path hidden) throws IOException {
        if (!hasSecondName(hidden)) {
            Files.deleteIfExists(hidden);
        }
    }

    private static boolean hasSecondName(Path hidden) throws IOException {
        try {
            return (int) Files.getAttribute(hidden, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
        } catch (NoSuchFileException | UnsupportedOperationException e) {
            return false;
        }
    }
}
