package io.twinbatch.local.state;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that an engine owns while it runs. Nobody but its user may look into it; a second engine is refused.
 *
 * <pre>
 * engine.lock      held while an engine runs; says which process
 * engine.db        the records
 * engine.key       what the records are encrypted with
 * engine.saves     how often the records were saved, to tell when some are lost
 * engine.processes which processes run
 * nodes/POOL/NODE  the folders of the nodes
 * azurite/         the objects
 * </pre>
 */
public final class StateFolder implements AutoCloseable {
    /**
     * The folders that this process holds. The system gives a lock to a process, and takes it away when the process
     * closes the file however often it has opened it; so a second try within the process must not open it at all.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

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
     *     written
     */
    public static StateFolder take(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                PrivateFiles.createFolder(path);
            }
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
                    "it cannot be made or written (" + e + "); choose another one",
                    e);
        }
    }

    private static StateFolder take(Path path, Path real) throws IOException {
        Path file = real.resolve("engine.lock");
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
            for (String name : List.of("nodes", "azurite")) {
                PrivateFiles.createFolder(real.resolve(name));
            }
            return new StateFolder(real, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static BatchException inUse(Path path, String owner) {
        return new BatchException(
                ErrorCode.CONFLICT,
                "state folder " + path,
                "it is in use by process " + (owner.isEmpty() ? "(unknown)" : owner)
                        + "; wait until that one ends, or choose another state folder");
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
        return path.resolve("azurite");
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
