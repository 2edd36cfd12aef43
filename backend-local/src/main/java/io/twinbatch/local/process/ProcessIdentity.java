package io.twinbatch.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process is meant, however often its number is given anew.
 *
 * @param pid its number
 * @param moment when it began, in a form that only serves to be compared
 */
public record ProcessIdentity(long pid, String moment) {
    /** Names this run of the system; empty where it is not Linux. */
    private static final Optional<String> BOOT = boot();

    /** Of a process that runs; empty when it does not, or the system does not say. */
    public static Optional<ProcessIdentity> of(ProcessHandle process) {
        return moment(process).map(moment -> new ProcessIdentity(process.pid(), moment));
    }

    /** Of this process; where the system does not say when it began, it counts as ended for others. */
    public static ProcessIdentity current() {
        ProcessHandle process = ProcessHandle.current();
        return of(process).orElseGet(() -> new ProcessIdentity(process.pid(), ""));
    }

    /** Reads what {@link #toString} has written; empty when it is something else. */
    public static Optional<ProcessIdentity> parse(String text) {
        int blank = text.indexOf(' ');
        try {
            return blank < 0
                    ? Optional.empty()
                    : Optional.of(
                            new ProcessIdentity(Long.parseLong(text.substring(0, blank)), text.substring(blank + 1)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The process, when it runs still. */
    public Optional<ProcessHandle> process() {
        // The handle comes first: it dies with its process, and does not pass to another one of that number.
        return ProcessHandle.of(pid)
                .filter(process -> moment(process).equals(Optional.of(moment)))
                .filter(ProcessHandle::isAlive);
    }

    /**
     * Linux counts from its own start, which a clock that is set does not change; elsewhere the time of the clock has to
     * do.
     */
    private static Optional<String> moment(ProcessHandle process) {
        if (BOOT.isEmpty()) {
            return process.info().startInstant().map(start -> Long.toString(start.toEpochMilli()));
        }
        try {
            return Optional.of(BOOT.get() + ":" + ProcessStat.of(process.pid()).startTime());
        } catch (IOException e) {
            // It has ended meanwhile.
            return Optional.empty();
        }
    }

    private static Optional<String> boot() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII)
                    .strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return pid + " " + moment;
    }
}
