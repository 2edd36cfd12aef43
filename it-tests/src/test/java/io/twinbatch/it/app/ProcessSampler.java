package io.twinbatch.it.app;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Looks at the command lines of a bench's processes again and again, as any other user of the machine could. */
final class ProcessSampler implements AutoCloseable {
    private static final long BETWEEN_LOOKS_NANOS = 15_000_000;

    private final ProcessTable processes;
    private final Set<String> seen = new TreeSet<>();
    private final Thread thread = new Thread(this::look, "process-sampler");
    private volatile boolean stopped;

    private ProcessSampler(ProcessTable processes) {
        this.processes = processes;
    }

    static ProcessSampler start(ProcessTable processes) {
        ProcessSampler sampler = new ProcessSampler(processes);
        sampler.thread.start();
        return sampler;
    }

    private void look() {
        while (!stopped) {
            Set<String> commandLines = processes.now().stream()
                    .map(ProcessTable.Entry::commandLine)
                    .collect(Collectors.toSet());
            synchronized (seen) {
                seen.addAll(commandLines);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** All command lines so far. */
    Set<String> seen() {
        synchronized (seen) {
            return Set.copyOf(seen);
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
