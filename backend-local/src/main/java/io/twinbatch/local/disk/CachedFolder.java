package io.twinbatch.local.disk;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder in the user's cache that is made once. It is made beside its place and moved there when it is whole, so that
 * whatever is at its place can be trusted. Its name has to depend on its contents, so that another version has another folder.
 */
public final class CachedFolder {
    private static final String UNFINISHED = ".installing-";

    private final Path cacheDir;
    private final String kind;
    private final String name;
    private final Duration limit;

    /**
     * Describes the folder; nothing is made yet.
     *
     * @param cacheDir the cache, which is made when it is missing
     * @param kind what all versions of the folder have in common, such as {@code azurite}
     * @param version what makes this one differ from others
     * @param limit how long another process is waited for that makes one of the same kind
     */
    public CachedFolder(Path cacheDir, String kind, String version, Duration limit) {
        this.cacheDir = cacheDir;
        this.kind = kind;
        this.name = kind + "-" + version;
        this.limit = limit;
    }

    /** Fills a folder, which is empty and private. */
    public interface Maker {
        /** Fills it, or throws; what is left of it then is deleted. */
        void fill(Path folder) throws IOException, InterruptedException;
    }

    /** Where it is when it has been made. */
    public Path place() {
        return cacheDir.resolve(name);
    }

    /**
     * The folder, which is made when it is not there yet.
     *
     * @throws IOException when the cache cannot be written, or from the maker
     * @throws BatchException {@code TIMEOUT} when another process takes too long; {@code INVALID} when the cache cannot be
     *     locked
     */
    public Path ensure(Maker maker) throws IOException, InterruptedException {
        if (Files.isDirectory(place())) {
            return place();
        }
        Files.createDirectories(cacheDir);
        return alone(() -> {
            if (!Files.isDirectory(place())) {
                make(maker);
            }
            return place();
        });
    }

    /** Deletes it, so that it is made again. */
    public void delete() throws IOException, InterruptedException {
        alone(() -> {
            FolderTree.delete(place());
            return place();
        });
    }

    private interface Work {
        Path run() throws IOException, InterruptedException;
    }

    /** Two processes at once: the second waits for the first, and then finds its work done. */
    private Path alone(Work work) throws IOException, InterruptedException {
        Path lockFile = cacheDir.resolve(kind + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                    .await(
                            "another process that makes " + place(),
                            Deadline.after(Clock.systemUTC(), limit),
                            () -> tryLock(channel));
            try {
                return work.run();
            } finally {
                lock.release();
            }
        }
    }

    private Optional<FileLock> tryLock(FileChannel channel) {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Another thread of this process holds it.
            return Optional.empty();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "cache folder " + cacheDir,
                    "the cache folder cannot be locked: " + FailureReason.of(e),
                    e);
        }
    }

    private void make(Maker maker) throws IOException, InterruptedException {
        removeUnfinished();
        Path beside = cacheDir.resolve(name + UNFINISHED + UUID.randomUUID());
        try {
            PrivateFiles.createOne(beside);
            maker.fill(beside);
            Files.move(beside, place(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FolderTree.delete(beside);
        }
    }

    /** What an interrupted process has left. Only the holder of the lock may take it away. */
    private void removeUnfinished() throws IOException {
        try (Stream<Path> entries = Files.list(cacheDir)) {
            for (Path entry : entries.filter(this::isUnfinished).toList()) {
                FolderTree.delete(entry);
            }
        }
    }

    private boolean isUnfinished(Path entry) {
        String entryName = entry.getFileName().toString();
        return entryName.startsWith(kind + "-") && entryName.contains(UNFINISHED);
    }
}
