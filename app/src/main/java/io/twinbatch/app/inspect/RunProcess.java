package io.twinbatch.app.inspect;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * The process of this machine that is at work on a state folder. That of a run ends the run in order when it is asked to
 * stop.
 *
 * @param process the process
 */
public record RunProcess(ProcessHandle process) {
    /** The process at a place; empty when there is none. */
    public static Optional<RunProcess> of(BackendInspector look) {
        return look.process().flatMap(ProcessHandle::of).map(RunProcess::new);
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Whether it is an emulator, which serves others as well and does not end for one job. */
    public boolean isEmulator() {
        Optional<String[]> arguments = process.info().arguments();
        return arguments.map(List::of).orElse(List.of()).contains("emulator");
    }

    /** Asks it to stop, as Ctrl-C does, and returns whether this user may. */
    public boolean stop() {
        return process.destroy();
    }

    /** Waits until it has ended. */
    public void await() throws InterruptedException {
        try {
            process.onExit().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end of a process does not fail", e);
        }
    }
}
