package io.twinbatch.local.node;

import io.twinbatch.local.application.PackageInstaller;
import io.twinbatch.local.container.ContainerEngine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What work on a node is done with; shared by all nodes of an engine.
 *
 * @param transfer carries files
 * @param processes finds and kills processes
 * @param ledger knows the processes that run, also after the engine's death
 * @param starts starts processes
 * @param setsid the program that starts another one in a session of its own; empty where the system has none
 * @param users switches to users without administrator rights; empty where all work runs as the engine's user
 * @param timer ends work at its time limit
 * @param containers runs work in containers
 * @param packages unpacks application packages
 */
public record NodeServices(
        NodeTransfer transfer,
        ProcessTree processes,
        ProcessLedger ledger,
        ProcessLauncher starts,
        Optional<Path> setsid,
        Optional<UserSwitch> users,
        ScheduledExecutorService timer,
        ContainerEngine containers,
        PackageInstaller packages) {
    /** Where the system's {@code setsid} is. */
    public static Optional<Path> findSetsid(String searchPath) {
        return ProgramPath.find("setsid", Path.of("/"), searchPath);
    }
}
