package io.twinbatch.local.node;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Starts processes, and counts those that run.
 *
 * <p>Java learns of the end of a process from a thread that waits for it, and starts that thread when the process is
 * there already. If the system refuses the thread, nobody ever hears of the process, which keeps its place among the
 * user's processes also when it has ended. So before more processes run at once than just before, this makes sure that
 * there is room for the process and its thread. Java keeps such a thread for a minute after its process, so with as many
 * as before nothing has to be asked.
 */
public final class ProcessLauncher {
    /** Starts a process. */
    @FunctionalInterface
    interface Launcher {
        /**
         * Starts the process that is described.
         *
         * @throws IOException when the system refuses
         */
        Process start(ProcessBuilder process) throws IOException;
    }

    /** Returns whether the system has room for more threads, each of which stands for a process. */
    @FunctionalInterface
    interface Room {
        boolean isFor(int threads);
    }

    /** The system has no room for a further process. */
    static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoom(String message) {
            super(message);
        }
    }

    /** The process and its thread, and as much again for what the process starts at once. */
    private static final int WANTED = 4;

    /** How long what ran at once counts; safely less than Java keeps its threads. */
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(30).toNanos();

    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Launcher launcher;
    private final Room room;
    private final LongSupplier nanoTime;

    /** Held while room is searched for, so that nobody else takes what was found. */
    private final Object looking = new Object();

    // Guarded by this.
    private int starting;
    private int running;
    private long lastRan;
    private int most;
    private long mostAt;
    private boolean full;
    private long fullSince;
    private boolean reported;
    private long reportedAt;

    ProcessLauncher(Launcher launcher, Room room, LongSupplier nanoTime) {
        this.launcher = launcher;
        this.room = room;
        this.nanoTime = nanoTime;
        lastRan = nanoTime.getAsLong();
    }

    /** Has this machine start them. */
    public static ProcessLauncher onThisMachine() {
        return new ProcessLauncher(ProcessBuilder::start, new ThreadCapacity(), System::nanoTime);
    }

    /**
     * Starts a process. When it has ended, {@link #ended} is to be called.
     *
     * @throws NoRoom when the system has no room for it just now
     * @throws IOException when the system refuses it
     */
    Process start(ProcessBuilder process) throws IOException {
        if (begin()) {
            return launch(process);
        }
        synchronized (looking) {
            if (!hasRoom()) {
                refused();
                throw new NoRoom("the system has no room for a further process and the thread that watches it");
            }
            return launch(process);
        }
    }

    /** Not searched for more often than it may have changed: the search takes for a moment what others may need. */
    private boolean hasRoom() {
        synchronized (this) {
            if (full && nanoTime.getAsLong() - fullSince < PAUSE_NANOS) {
                return false;
            }
        }
        boolean found = room.isFor(WANTED);
        synchronized (this) {
            full = !found;
            fullSince = nanoTime.getAsLong();
        }
        return found;
    }

    private Process launch(ProcessBuilder process) throws IOException {
        try {
            Process started = launcher.start(process);
            started();
            return started;
        } catch (IOException | OutOfMemoryError e) {
            refused();
            throw e;
        }
    }

    /** Counts a process, and returns whether as many have run just before. */
    private synchronized boolean begin() {
        starting++;
        return starting + running <= most && nanoTime.getAsLong() - mostAt < REMEMBERED_NANOS;
    }

    private synchronized void started() {
        starting--;
        running++;
        if (running >= most || nanoTime.getAsLong() - mostAt >= REMEMBERED_NANOS) {
            most = running;
            mostAt = nanoTime.getAsLong();
        }
    }

    private synchronized void refused() {
        starting--;
        // From here on room is searched for before each start, until as many run again.
        most = 0;
    }

    /** A process has ended that was started. */
    synchronized void ended() {
        running--;
        full = false;
        lastRan = nanoTime.getAsLong();
    }

    /** This moment, to give to {@link #isHopeless}. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** Whether the lack of room was last reported a minute ago or more; the caller reports it. */
    synchronized boolean isWorthTelling() {
        long now = nanoTime.getAsLong();
        if (reported && now - reportedAt < PATIENCE_NANOS) {
            return false;
        }
        reported = true;
        reportedAt = now;
        return true;
    }

    /**
     * Whether there is no use in waiting for room any longer: for a minute no process of this engine has run whose end
     * would have made room.
     *
     * @param since when the wait began
     */
    synchronized boolean isHopeless(long since) {
        long now = nanoTime.getAsLong();
        return running == 0 && now - since >= PATIENCE_NANOS && now - lastRan >= PATIENCE_NANOS;
    }
}
