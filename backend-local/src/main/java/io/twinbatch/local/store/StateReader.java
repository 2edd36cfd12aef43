package io.twinbatch.local.store;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.time.Sleeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Reads the records of a state folder on which an engine of another process may be at work, and changes nothing there.
 * The store is copied to a private temporary folder and the copy opened, because opening the store itself would keep an
 * engine from starting. A store keeps what it has overwritten for some seconds, so that a copy is whole when it is made
 * quickly; one that is not is made again. The copy is encrypted as the store is, its key is never copied, and it is
 * deleted as soon as it is read.
 */
public final class StateReader {
    private static final int TRIES = 10;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private static final StoredState NOTHING = new StoredState(List.of(), List.of(), List.of(), List.of(), List.of());

    private final Path folder;
    private final Sleeper sleeper;

    /**
     * A reader of a state folder.
     *
     * @param sleeper passes the time between two tries
     */
    public StateReader(Path folder, Sleeper sleeper) {
        this.folder = folder;
        this.sleeper = sleeper;
    }

    /**
     * How often the records have been saved: as long as this is the same, so are they. 0 when there are none.
     *
     * @throws BatchException {@code UNAVAILABLE} when it cannot be read
     */
    public long saves() {
        try {
            return CommitCounter.peek(folder.resolve("engine.saves"));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * All records as of a moment during this call; none where there is no store.
     *
     * @throws BatchException {@code CONFLICT} when they were written by another version; {@code UNKNOWN} when the store
     *     is damaged; {@code UNAVAILABLE} when it cannot be read or copied
     */
    public StoredState read() throws InterruptedException {
        for (int left = TRIES; ; left--) {
            try {
                return tryToRead();
            } catch (BatchException e) {
                if (e.code() != ErrorCode.UNKNOWN || left == 1) {
                    throw e;
                }
            }
            sleeper.sleep(BETWEEN_TRIES);
        }
    }

    private StoredState tryToRead() {
        Path store = folder.resolve("engine.db");
        long saves = saves();
        // The first save comes last in the making of a store.
        if (saves == 0 || !Files.exists(store)) {
            return NOTHING;
        }
        try {
            char[] secret = StoreKey.read(folder.resolve("engine.key"));
            Path copies = Files.createTempDirectory("twinbatch-look-");
            Path copy = copies.resolve("engine.db");
            try {
                Files.copy(store, copy);
                return EngineStore.readCopy(store, copy, secret, saves);
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(copies);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private BatchException unreadable(IOException cause) {
        return new BatchException(
                ErrorCode.UNAVAILABLE,
                "state folder " + folder,
                "its records cannot be read: " + FailureReason.of(cause),
                cause);
    }
}
