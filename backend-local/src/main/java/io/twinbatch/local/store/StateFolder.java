package io.twinbatch.local.store;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that an engine owns while it runs. Only its user may read it, whatever the umask is: it and the
 * folders in it have the mode 0700, and the engine's files 0600. A second engine is refused.
 *
 * <pre>
 * engine.lock      held while an engine runs; says which process
 * engine.db        the records
 * engine.key       what the records are encrypted with
 * engine.saves     number of commits, to detect lost records
 * engine.processes which processes run
 * nodes/POOL/NODE  the folders of the nodes
 * azurite/         the objects
 * runs/            the records of runs
 * </pre>
 */
public final class StateFolder implements AutoCloseable {
    /**
     * The folders that this process holds. The system gives a lock to a process, and takes it away when the process
     * closes the file however often it has opened it; so a second try within the process must not open it at all.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final String LOCK = "engine.lock";
    private static final String RUNS = "runs";
    private static final String OBJECTS = "azurite";
    private static final List<String> FILES = List.of("engine.db", "engine.key", "engine.saves");

    private final Path path;
    private final FileChannel lock;

    private StateFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder when it is missing, and takes it.
     *
     * @throws BatchException {@code CONFLICT} when another engine has it; {@code INVALID} when it cannot be made or
     *     written, belongs to another user, or is open to others and holds other things too
     */
    public static StateFolder take(Path path) {
        requireUsable(path);
        try {
            if (Files.isDirectory(path) && PrivateFiles.isOpenToOthers(path)) {
                LOG.warn("Other users had rights to the state folder {}; they have none any more", path);
            }
            PrivateFiles.createFolder(path);
            Path real = path.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(path, Long.toString(ProcessHandle.current().pid()));
            }
            try {
                return take(path, real);
            } catch (IOException | RuntimeException e) {
                HELD.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "state folder " + path,
                    "its files cannot be written (" + FailureReason.of(e) + "); choose another one (--state-dir)",
                    e);
        }
    }

    /**
     * Checks whether a folder is, or can become, a state folder of this user. Leaves nothing behind.
     *
     * @throws BatchException {@code INVALID} as {@link #take} does
     */
    public static void requireUsable(Path path) {
        new WritableFolder(path).problem().ifPresent(problem -> {
            throw new BatchException(
                    ErrorCode.INVALID, "state folder " + path, problem + "; choose another one (--state-dir)");
        });
        try {
            if (Files.isDirectory(path)) {
                requirePrivate(path);
            }
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "state folder " + path,
                    "its owner and rights cannot be read (" + FailureReason.of(e)
                            + "); choose another one (--state-dir)",
                    e);
        }
    }

    /** Refuses a folder that others own, or that others have rights to and that holds other things too. */
    private static void requirePrivate(Path path) throws IOException {
        if (!PrivateFiles.isOwn(path)) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "state folder " + path,
                    "it belongs to another user, who could change what it holds; choose another one");
        }
        if (!PrivateFiles.isOpenToOthers(path)) {
            return;
        }
        boolean ours =
                Files.exists(path.resolve(LOCK)) || FILES.stream().anyMatch(name -> Files.exists(path.resolve(name)));
        if (!ours && !isEmpty(path)) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "state folder " + path,
                    "other users of this machine have rights to it, and it holds other things than a state; take"
                            + " their rights away (chmod 700), or choose another one");
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static StateFolder take(Path path, Path real) throws IOException {
        Path file = real.resolve(LOCK);
        for (String name : FILES) {
            if (Files.exists(real.resolve(name))) {
                PrivateFiles.createFile(real.resolve(name));
            }
        }
        PrivateFiles.createFile(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(
                        path, Files.readString(file, StandardCharsets.US_ASCII).strip());
            }
            byte[] owner = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner), 0);
            for (String name : List.of("nodes", OBJECTS, RUNS)) {
                PrivateFiles.createFolder(real.resolve(name));
            }
            return new StateFolder(real, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * The process whose engine works on a folder now; empty when none does. Nothing is changed.
     *
     * @throws BatchException {@code UNAVAILABLE} when that cannot be found out
     */
    public static Optional<Long> owner(Path path) {
        Path file = path.resolve("engine.lock");
        try {
            if (Files.isDirectory(path) && HELD.contains(path.toRealPath())) {
                // To open and close the file would give the lock up.
                return Optional.of(ProcessHandle.current().pid());
            }
            Optional<Long> noted = pid(file);
            // A lock that is asked for could stand in the way of an engine that starts at this moment; most of the
            // time there is no need to ask.
            boolean mayBe = noted.flatMap(ProcessHandle::of)
                    .filter(ProcessHandle::isAlive)
                    .isPresent();
            return mayBe && isLocked(file) ? noted : Optional.empty();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "state folder " + path,
                    "its lock cannot be looked at: " + FailureReason.of(e),
                    e);
        }
    }

    private static Optional<Long> pid(Path file) throws IOException {
        try {
            return Optional.of(Long.valueOf(
                    Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        }
    }

    private static BatchException inUse(Path path, String owner) {
        return new BatchException(
                ErrorCode.CONFLICT,
                "state folder " + path,
                "it is in use by process " + (owner.isEmpty() ? "(unknown)" : owner)
                        + "; wait until that process ends, or choose another state folder");
    }

    /** Where the folder is, links resolved. */
    public Path path() {
        return path;
    }

    /** Where the folders of the nodes are. */
    public Path nodes() {
        return path.resolve("nodes");
    }

    /** Where the object store keeps its data. */
    public Path objects() {
        return objects(path);
    }

    /** Where the object store keeps its data, in a state folder that need not be held. */
    public static Path objects(Path stateFolder) {
        return stateFolder.resolve(OBJECTS);
    }

    /** Where the records of runs are. */
    public Path runs() {
        return runs(path);
    }

    /** Where the records of runs are in a state folder that need not be held. */
    public static Path runs(Path stateFolder) {
        return stateFolder.resolve(RUNS);
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new BatchException(ErrorCode.UNKNOWN, "state folder " + path, "its lock cannot be given back", e);
        } finally {
            HELD.remove(path);
        }
    }
}
