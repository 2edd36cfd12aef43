package io.twinbatch.local.node;

import io.twinbatch.api.time.Sleeper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What work on a node is done with; shared by all nodes of an engine.
 *
 * @param transfer carries files
 * @param processes finds and kills processes
 * @param ledger knows the processes that run, also after the engine's death
 * @param launcher starts processes
 * @param setsid the program that starts another one in a session of its own; empty where the system has none
 * @param timer ends work at its time limit
 * @param sleeper passes the pauses between two tries to start a process
 */
public record NodeTools(
        NodeTransfer transfer,
        ProcessTree processes,
        ProcessLedger ledger,
        Launcher launcher,
        Optional<Path> setsid,
        ScheduledExecutorService timer,
        Sleeper sleeper) {
    /** Starts a process. */
    @FunctionalInterface
    public interface Launcher {
        /** Has the system start it. */
        Launcher SYSTEM = ProcessBuilder::start;

        /**
         * Starts the process that is described.
         *
         * @throws IOException when the system refuses
         */
        Process start(ProcessBuilder process) throws IOException;
    }

    /** Where the system's {@code setsid} is. */
    public static Optional<Path> findSetsid(String searchPath) {
        return ProgramPath.find("setsid", Path.of("/"), searchPath);
    }
}
