package io.twinbatch.local.store;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.disk.DiskFull;
import io.twinbatch.local.disk.PrivateFiles;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The engine's records on disk. {@link #save} returns when the change would survive the death of the process and of the
 * machine. The file is encrypted with a key that lies beside it, because tasks carry signed URLs and a copy of the file
 * alone should not give them away. A store that has lost what it was given is refused as it is (see {@link CommitCounter}),
 * and never begun anew behind its user's back.
 */
public final class EngineStore implements AutoCloseable {
    private static final String FORMAT = "3";

    /** Records of these formats have no check sums; those of the first lack parts that have defaults. */
    private static final Set<String> OLDER_FORMATS = Set.of("1", "2");

    private static final int COMPACT_MILLIS = 200;

    /**
     * How long what is no longer needed stays in the file. The store's default of 45 seconds is for those who do not
     * flush each save; with it the file grows to many times its content.
     */
    private static final int RETENTION_MILLIS = 1000;

    /** After how many saves the emptiest parts of the file are cleared, down to which filling, and how much at once. */
    private static final int COMPACT_SAVES = 200;

    private static final int FILL_PERCENT = 50;
    private static final int COMPACT_BYTES = 4 << 20;

    private final RecordCodec codec = new RecordCodec();
    private final Path file;
    private final CommitCounter saveCount;
    private final MVStore store;
    private final MVMap<String, String> meta;
    private final MVMap<String, byte[]> pools;
    private final MVMap<String, byte[]> nodes;
    private final MVMap<String, byte[]> jobs;
    private final MVMap<String, byte[]> tasks;
    private final MVMap<String, byte[]> schedules;
    private long saves;

    /** Whether a read or write has failed, so that the file is left as it is. */
    private volatile boolean broken;

    private EngineStore(Path file, MVStore store, CommitCounter saveCount) {
        this.file = file;
        this.store = store;
        this.saveCount = saveCount;
        meta = store.openMap("meta");
        pools = store.openMap("pools");
        nodes = store.openMap("nodes");
        jobs = store.openMap("jobs");
        tasks = store.openMap("tasks");
        schedules = store.openMap("schedules");
        saves = count(meta);
    }

    private static long count(Map<String, String> meta) {
        return Long.parseLong(meta.getOrDefault("saves", "0"));
    }

    /**
     * Opens the store of a state folder, or begins one.
     *
     * @throws BatchException {@code CONFLICT} when it was written by another version; {@code UNKNOWN} when it is
     *     damaged; {@code QUOTA} or {@code UNAVAILABLE} when the disk refuses
     */
    public static EngineStore open(StateFolder folder) {
        Path file = folder.path().resolve("engine.db");
        Path key = folder.path().resolve("engine.key");
        CommitCounter saveCount = null;
        try {
            saveCount = CommitCounter.open(folder.path().resolve("engine.saves"));
            long expected = saveCount.read();
            boolean first = expected == 0 && isEmpty(file);
            if (first && !Files.exists(key)) {
                StoreKey.create(key);
            }
            char[] secret = StoreKey.read(key);
            if (first) {
                create(file, secret);
            }
            if (expected > 0) {
                requireWhole(file, secret, expected);
            }
            MVStore store = open(file, secret).open();
            store.setRetentionTime(RETENTION_MILLIS);
            EngineStore opened = new EngineStore(file, store, saveCount);
            PrivateFiles.restrict(file);
            opened.begin();
            return opened;
        } catch (IOException e) {
            close(saveCount);
            boolean full = DiskFull.isBehind(e);
            throw new BatchException(
                    full ? ErrorCode.QUOTA : ErrorCode.UNAVAILABLE,
                    "state store " + file,
                    full
                            ? "the disk is full; make room"
                            : "what lies beside it cannot be read or written: " + FailureReason.of(e),
                    e);
        } catch (RuntimeException | Error e) {
            close(saveCount);
            // For what a damaged file makes it believe the store has more than its own exception: sizes that do not fit
            // into memory, pages without an end, and its own assertions where those are on.
            throw e instanceof BatchException known ? known : StoreDamage.behind(file, e);
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    private static MVStore.Builder open(Path file, char[] secret) {
        // The store wipes the secret that it is given.
        return new MVStore.Builder()
                .fileName(file.toString())
                .encryptionKey(secret.clone())
                .compress()
                .autoCommitDisabled();
    }

    /** Makes a store without records. The file is there whole or not at all, whenever the process dies. */
    private static void create(Path file, char[] secret) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        PrivateFiles.createFile(written);
        try {
            MVStore store = open(written, secret).open();
            try {
                MVMap<String, String> meta = store.openMap("meta");
                meta.put("format", FORMAT);
                meta.put("engine", UUID.randomUUID().toString());
                store.commit();
                store.sync();
            } finally {
                store.closeImmediately();
            }
        } catch (MVStoreException e) {
            throw new IOException(FailureReason.of(e), e);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.flushFolder(file.getParent());
    }

    /** Looks at the file without changing it. */
    private static void requireWhole(Path file, char[] secret, long expected) throws IOException {
        if (isEmpty(file)) {
            throw StoreDamage.found(file, null);
        }
        MVStore store = open(file, secret).readOnly().open();
        try {
            if (count(store.openMap("meta")) < expected) {
                throw StoreDamage.found(file, null);
            }
        } finally {
            store.closeImmediately();
        }
    }

    /**
     * The records in a copy of a store, which may have been made while an engine wrote.
     *
     * @param file the store, for messages
     * @param saves how often it had been saved before it was copied
     * @throws BatchException {@code CONFLICT} when it was written by another version; {@code UNKNOWN} when the copy is
     *     not whole
     */
    static StoredState readCopy(Path file, Path copy, char[] secret, long saves) {
        MVStore store;
        try {
            store = open(copy, secret).readOnly().open();
        } catch (RuntimeException | Error e) {
            throw StoreDamage.behind(file, e);
        }
        try (EngineStore opened = new EngineStore(file, store, null)) {
            opened.broken = true;
            if (opened.saves < saves) {
                throw StoreDamage.found(file, null);
            }
            opened.requireFormat();
            return opened.read();
        }
    }

    private void requireFormat() {
        String format = meta.get("format");
        if (!FORMAT.equals(format)) {
            throw new BatchException(
                    ErrorCode.CONFLICT,
                    "state store " + file,
                    "it has format " + format + ", and this version reads format " + FORMAT
                            + "; the next run of this version on the folder takes an older format over");
        }
    }

    private void begin() {
        String format = meta.get("format");
        try {
            if (format == null) {
                throw StoreDamage.found(file, null);
            }
            if (OLDER_FORMATS.contains(format)) {
                takeOver();
            } else if (!format.equals(FORMAT)) {
                throw new BatchException(
                        ErrorCode.CONFLICT,
                        "state store " + file,
                        "it has format " + format + ", and this version knows format " + FORMAT
                                + " only; use the version that wrote it, or another state folder");
            }
            UUID unused = UUID.fromString(meta.get("engine"));
            if (saves == 0) {
                // From now on a store that is missing counts as lost.
                commit();
            }
        } catch (RuntimeException e) {
            broken = true;
            store.closeImmediately();
            throw e;
        }
    }

    /** Brings records of an older format into the present one. */
    private void takeOver() {
        for (MVMap<String, byte[]> map : List.of(pools, nodes, jobs, tasks, schedules)) {
            List.copyOf(map.entrySet())
                    .forEach(entry -> map.put(entry.getKey(), RecordChecksum.seal(entry.getKey(), entry.getValue())));
        }
        // An older version could not read what this one writes, and is to say so instead of failing at a record.
        meta.put("format", FORMAT);
        commit();
    }

    /** Names this engine among all engines of the machine, through all its restarts. */
    public String engineId() {
        return meta.get("engine");
    }

    /**
     * All records.
     *
     * @throws BatchException {@code UNKNOWN} when the store is damaged; it is then left as it is
     */
    public StoredState read() {
        try {
            return new StoredState(
                    read(pools, PoolRecord.class),
                    read(nodes, NodeRecord.class),
                    read(jobs, JobRecord.class),
                    read(tasks, TaskRecord.class),
                    read(schedules, ScheduleRecord.class));
        } catch (RuntimeException | Error e) {
            broken = true;
            throw StoreDamage.behind(file, e);
        }
    }

    private <T> List<T> read(MVMap<String, byte[]> map, Class<T> type) {
        List<T> records = new ArrayList<>(map.size());
        Cursor<String, byte[]> cursor = map.cursor(null);
        while (cursor.hasNext()) {
            String key = cursor.next();
            records.add(codec.decode(RecordChecksum.open(key, cursor.getValue()), type));
            if (map.getKeyIndex(key) != records.size() - 1) {
                throw new IllegalStateException("a record is not found under its key");
            }
        }
        if (records.size() != map.size()) {
            throw new IllegalStateException("there are more records than can be read");
        }
        return records;
    }

    /**
     * Writes groups of changes in their order, all or none.
     *
     * @throws BatchException {@code QUOTA} when the disk is full, {@code UNAVAILABLE} when it refuses otherwise; nothing
     *     can be written any more then
     */
    public void save(List<ChangeSet> groups) {
        for (ChangeSet changes : groups) {
            write(pools, changes.pools());
            write(nodes, changes.nodes());
            write(jobs, changes.jobs());
            write(tasks, changes.tasks());
            write(schedules, changes.schedules());
        }
        commit();
    }

    private void write(MVMap<String, byte[]> map, Map<String, ? extends Optional<?>> changes) {
        changes.forEach((key, value) -> {
            if (value.isPresent()) {
                map.put(key, RecordChecksum.seal(key, codec.encode(value.get())));
            } else {
                map.remove(key);
            }
        });
    }

    private void commit() {
        try {
            saves++;
            meta.put("saves", Long.toString(saves));
            store.commit();
            store.sync();
            saveCount.write(saves);
            if (saves % COMPACT_SAVES == 0 && store.compact(FILL_PERCENT, COMPACT_BYTES)) {
                // What was moved has to be on the disk before its old place is written over.
                store.sync();
            }
        } catch (MVStoreException | IOException e) {
            broken = true;
            boolean full = DiskFull.isBehind(e);
            throw new BatchException(
                    full ? ErrorCode.QUOTA : ErrorCode.UNAVAILABLE,
                    "state store " + file,
                    full
                            ? "the disk is full; make room and start again, nothing that was acknowledged is lost"
                            : "a write failed: " + FailureReason.of(e),
                    e);
        }
    }

    /** Closes the file, made smaller where that is quick; after a failure it is left as the last save has made it. */
    @Override
    public void close() {
        try {
            if (broken) {
                store.closeImmediately();
                return;
            }
            store.close(COMPACT_MILLIS);
        } catch (MVStoreException e) {
            // Everything is kept already; it was only to be made smaller.
            store.closeImmediately();
        } finally {
            close(saveCount);
        }
    }

    private static void close(CommitCounter saveCount) {
        if (saveCount == null) {
            return;
        }
        try {
            saveCount.close();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE, "state store", "its count of saves: " + FailureReason.of(e), e);
        }
    }
}
