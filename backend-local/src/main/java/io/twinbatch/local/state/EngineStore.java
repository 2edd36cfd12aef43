package io.twinbatch.local.state;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The engine's records on disk. {@link #save} returns when the change would survive the death of the process and of the
 * machine. The file is encrypted with a key that lies beside it, because tasks carry signed URLs and a copy of the file
 * alone should not give them away.
 */
public final class EngineStore implements AutoCloseable {
    private static final String FORMAT = "1";
    private static final int KEY_BYTES = 32;
    private static final int COMPACT_MILLIS = 200;

    private final RecordCodec codec = new RecordCodec();
    private final MVStore store;
    private final MVMap<String, String> meta;
    private final MVMap<String, byte[]> pools;
    private final MVMap<String, byte[]> nodes;
    private final MVMap<String, byte[]> jobs;
    private final MVMap<String, byte[]> tasks;

    private EngineStore(MVStore store) {
        this.store = store;
        meta = store.openMap("meta");
        pools = store.openMap("pools");
        nodes = store.openMap("nodes");
        jobs = store.openMap("jobs");
        tasks = store.openMap("tasks");
    }

    /**
     * Opens the store of a state folder, or begins one.
     *
     * @throws BatchException {@code CONFLICT} when it was written by another version; {@code UNKNOWN} when it is
     *     damaged; {@code QUOTA} or {@code UNAVAILABLE} when the disk refuses
     */
    public static EngineStore open(StateFolder folder) {
        Path file = folder.path().resolve("engine.db");
        try {
            EngineStore opened = new EngineStore(new MVStore.Builder()
                    .fileName(file.toString())
                    .encryptionKey(key(folder.path().resolve("engine.key")))
                    .autoCommitDisabled()
                    .open());
            opened.checkFormat(file);
            return opened;
        } catch (MVStoreException e) {
            throw new BatchException(
                    ErrorCode.UNKNOWN,
                    "state store " + file,
                    "it cannot be read; it is damaged, or its key beside it is not the one it was written with. Nothing"
                            + " was changed. Put a copy back, or move it away to begin anew",
                    e);
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE, "state store " + file, "its key cannot be read or written: " + e, e);
        }
    }

    private static char[] key(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(bytes);
            Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
            Files.writeString(file, HexFormat.of().formatHex(bytes), StandardOpenOption.SYNC);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip().toCharArray();
    }

    private void checkFormat(Path file) {
        String format = meta.putIfAbsent("format", FORMAT);
        if (format != null && !format.equals(FORMAT)) {
            store.closeImmediately();
            throw new BatchException(
                    ErrorCode.CONFLICT,
                    "state store " + file,
                    "it has format " + format + ", and this version knows format " + FORMAT
                            + " only; use the version that wrote it, or another state folder");
        }
        meta.putIfAbsent("engine", UUID.randomUUID().toString());
        commit();
    }

    /** Names this engine among all engines of the machine, through all its restarts. */
    public String engineId() {
        return meta.get("engine");
    }

    /** All pools. */
    public List<PoolRecord> pools() {
        return read(pools, PoolRecord.class);
    }

    /** All nodes. */
    public List<NodeRecord> nodes() {
        return read(nodes, NodeRecord.class);
    }

    /** All jobs. */
    public List<JobRecord> jobs() {
        return read(jobs, JobRecord.class);
    }

    /** All tasks. */
    public List<TaskRecord> tasks() {
        return read(tasks, TaskRecord.class);
    }

    private <T> List<T> read(MVMap<String, byte[]> map, Class<T> type) {
        return map.values().stream().map(bytes -> codec.decode(bytes, type)).toList();
    }

    /**
     * Writes groups of changes in their order, all or none.
     *
     * @throws BatchException {@code QUOTA} when the disk is full, {@code UNAVAILABLE} when it refuses otherwise
     */
    public void save(List<ChangeSet> groups) {
        for (ChangeSet changes : groups) {
            write(pools, changes.pools());
            write(nodes, changes.nodes());
            write(jobs, changes.jobs());
            write(tasks, changes.tasks());
        }
        commit();
    }

    private void write(MVMap<String, byte[]> map, Map<String, ? extends Optional<?>> changes) {
        changes.forEach((key, value) -> {
            if (value.isPresent()) {
                map.put(key, codec.encode(value.get()));
            } else {
                map.remove(key);
            }
        });
    }

    private void commit() {
        try {
            store.commit();
            store.sync();
        } catch (MVStoreException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left on device");
            throw new BatchException(
                    full ? ErrorCode.QUOTA : ErrorCode.UNAVAILABLE,
                    "state store",
                    full
                            ? "the disk is full; make room and start again, nothing that was acknowledged is lost"
                            : "the disk refused a write: " + e.getMessage(),
                    e);
        }
    }

    /** Closes the file, made smaller where that is quick. */
    @Override
    public void close() {
        store.close(COMPACT_MILLIS);
    }

    /** Lets go of the file without writing anything more, after a write has failed. */
    public void abandon() {
        store.closeImmediately();
    }
}
