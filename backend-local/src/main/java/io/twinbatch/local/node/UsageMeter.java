package io.twinbatch.local.node;

import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.local.process.ProcessStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a process and its descendants use, from Linux's {@code /proc}; on other systems it says nothing. The
 * system keeps sums of processor time, input and output for each process, and adds those of a child when its parent has
 * waited for it, so that little is missed between two looks. It forgets them when somebody takes note of the end of the first
 * process: what that used after the last look is not counted. So looks are frequent at first, and then come after an
 * eighth of the age, and at least four times a second.
 */
final class UsageMeter {
    private static final Path PROC = Path.of("/proc");

    /** Whether this system says what processes use. */
    static final boolean IS_THERE = Files.isDirectory(PROC.resolve("self/task"));

    private static final long FIRST_MILLIS = 10;
    private static final long RAREST_MILLIS = 250;
    private static final int PART_OF_AGE = 8;
    private static final int MAX_PROCESSES = 256;

    /** A hundredth of a second, on every architecture. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int BYTES_OF_A_KIBIBYTE = 1024;

    private final ProcessHandle process;
    private final ScheduledExecutorService timer;
    private final long begun = System.nanoTime();

    // Guarded by this.
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private boolean stopped;
    private Optional<TaskUsage> known = Optional.empty();

    private UsageMeter(ProcessHandle process, ScheduledExecutorService timer) {
        this.process = process;
        this.timer = timer;
    }

    /** Begins to measure a process that has just been started. */
    static UsageMeter of(ProcessHandle process, ScheduledExecutorService timer) {
        UsageMeter meter = new UsageMeter(process, timer);
        if (IS_THERE) {
            meter.lookIn(FIRST_MILLIS);
        }
        return meter;
    }

    private synchronized void lookIn(long millis) {
        if (stopped) {
            return;
        }
        try {
            next = Optional.of(timer.schedule(this::lookAndGoOn, millis, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            // The engine closes.
            stopped = true;
        }
    }

    private void lookAndGoOn() {
        look();
        long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        lookIn(Math.max(FIRST_MILLIS, Math.min(RAREST_MILLIS, age / PART_OF_AGE)));
    }

    /** Ends the measurement. */
    synchronized void stop() {
        stopped = true;
        next.ifPresent(look -> look.cancel(false));
    }

    /** What is known; empty when there was no look before the end. */
    synchronized Optional<TaskUsage> usage() {
        return known;
    }

    /** Takes a look. */
    void look() {
        List<ProcessUse> uses = new ArrayList<>();
        for (long pid : family()) {
            ProcessUse.of(pid).ifPresent(uses::add);
        }
        if (uses.isEmpty() || !process.isAlive()) {
            // Its number may be another one's by now.
            return;
        }
        long resident = uses.stream().mapToLong(ProcessUse::memory).sum();
        long peak = uses.stream().mapToLong(ProcessUse::peakMemory).max().orElse(0);
        TaskUsage now = new TaskUsage(
                Math.max(resident, peak),
                TICK.multipliedBy(uses.stream().mapToLong(ProcessUse::userTicks).sum()),
                TICK.multipliedBy(
                        uses.stream().mapToLong(ProcessUse::kernelTicks).sum()),
                uses.stream().flatMap(use -> use.io().stream()).reduce(TaskUsage.Io::plus));
        synchronized (this) {
            known = Optional.of(known.map(before -> most(before, now)).orElse(now));
        }
    }

    /** A process that has left the family takes its sums with it. */
    private static TaskUsage most(TaskUsage before, TaskUsage now) {
        boolean more = now.processorTime().compareTo(before.processorTime()) >= 0;
        TaskUsage times = more ? now : before;
        boolean moreIo = now.io().map(TaskUsage.Io::bytesRead).orElse(0L)
                >= before.io().map(TaskUsage.Io::bytesRead).orElse(0L);
        return new TaskUsage(
                Math.max(before.peakMemory(), now.peakMemory()),
                times.userTime(),
                times.kernelTime(),
                moreIo ? now.io() : before.io());
    }

    /** The process and its descendants that live. */
    private List<Long> family() {
        List<Long> family = new ArrayList<>();
        Deque<Long> open = new ArrayDeque<>(List.of(process.pid()));
        while (!open.isEmpty() && family.size() < MAX_PROCESSES) {
            long pid = open.remove();
            family.add(pid);
            open.addAll(children(PROC.resolve(Long.toString(pid)).resolve("task")));
        }
        return family;
    }

    /** The children of each thread; none where the system does not list them. */
    private static List<Long> children(Path threads) {
        List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                for (String pid : text(thread.resolve("children")).split(" ", -1)) {
                    if (!pid.isEmpty()) {
                        children.add(Long.valueOf(pid));
                    }
                }
            }
        } catch (IOException e) {
            return children;
        }
        return children;
    }

    /** These files have no length, so that reading one is all there is to ask. */
    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** What a process uses, with its children that have ended. */
    private record ProcessUse(
            long memory, long peakMemory, long userTicks, long kernelTicks, Optional<TaskUsage.Io> io) {
        /** Of a process; empty when it has ended. */
        static Optional<ProcessUse> of(long pid) {
            Path process = PROC.resolve(Long.toString(pid));
            try {
                ProcessStat stat = ProcessStat.of(pid);
                String status = text(process.resolve("status"));
                return Optional.of(new ProcessUse(
                        number(status, "VmRSS:") * BYTES_OF_A_KIBIBYTE,
                        number(status, "VmHWM:") * BYTES_OF_A_KIBIBYTE,
                        stat.userTicks(),
                        stat.kernelTicks(),
                        io(process)));
            } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        private static Optional<TaskUsage.Io> io(Path process) {
            try {
                String io = text(process.resolve("io"));
                return Optional.of(new TaskUsage.Io(
                        number(io, "rchar:"), number(io, "wchar:"), number(io, "syscr:"), number(io, "syscw:")));
            } catch (IOException e) {
                // The program runs as another user.
                return Optional.empty();
            }
        }

        /** The number behind a name; 0 when it is not there, as in a process that is about to be gone. */
        private static long number(String text, String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).replace("kB", "").strip())
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        }
    }
}
