package io.twinbatch.app.journal;

import io.twinbatch.app.inspect.RunProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of this machine. The system gives the number of a process that has ended to another one, so that its start
 * belongs to it.
 *
 * @param id its number
 * @param started when it was started; empty where the system does not say
 */
public record ClientProcess(long id, Optional<Instant> started) {
    /** The system counts from its own start, which moves when its clock is set. */
    private static final Duration CLOCK_CHANGE = Duration.ofSeconds(10);

    /** This process. */
    public static ClientProcess current() {
        ProcessHandle process = ProcessHandle.current();
        return new ClientProcess(process.pid(), process.info().startInstant());
    }

    /** The process, unless it has ended. */
    public Optional<RunProcess> alive() {
        return ProcessHandle.of(id)
                .filter(ProcessHandle::isAlive)
                .filter(this::startedThen)
                .map(RunProcess::new);
    }

    private boolean startedThen(ProcessHandle process) {
        Optional<Instant> now = process.info().startInstant();
        return started.isEmpty()
                || now.isEmpty()
                || Duration.between(started.get(), now.get()).abs().compareTo(CLOCK_CHANGE) < 0;
    }
}
