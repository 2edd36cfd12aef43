package io.twinbatch.local.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The end of processes that were killed. One that has ended stays listed until its parent takes note, which the parent of
 * orphans does late or never where that is not a proper init (in many containers); it does not run any more all the same.
 */
public final class ProcessTermination {
    private static final int MAX_PAUSE_MILLIS = 20;

    private ProcessTermination() {}

    /**
     * A process and its descendants, in the order in which they have to be killed: a parent that sees the end of its child
     * might start another.
     */
    public static List<ProcessHandle> withDescendants(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /**
     * Kills a process and its descendants.
     *
     * @return all of them
     */
    public static List<ProcessHandle> killWithDescendants(ProcessHandle process) {
        List<ProcessHandle> all = withDescendants(process);
        all.forEach(ProcessHandle::destroyForcibly);
        return all;
    }

    /**
     * Waits for the end of all of them together, not longer than this. A killed process has ended within moments, unless
     * it hangs in the kernel, which no wait here would mend. It takes no further thread, for which there may be no room.
     */
    public static void await(List<ProcessHandle> killed, int millis) {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int pause = 1;
        try {
            while (killed.stream().anyMatch(ProcessTermination::runs) && System.nanoTime() < limit) {
                Thread.sleep(pause);
                pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it runs, and is not merely listed. */
    public static boolean runs(ProcessHandle process) {
        return process.isAlive() && !isListedOnly(process.pid());
    }

    private static boolean isListedOnly(long pid) {
        try {
            return ProcessStat.of(pid).isListedOnly();
        } catch (IOException e) {
            // It has ended meanwhile, or the system has no such files.
            return false;
        }
    }
}
