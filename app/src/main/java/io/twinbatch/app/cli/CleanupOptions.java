package io.twinbatch.app.cli;

import io.twinbatch.api.workflow.RunId;
import io.twinbatch.app.run.AzuriteChoice;
import io.twinbatch.app.run.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code cleanup}, as picocli fills them in. */
@Command(name = "app cleanup")
final class CleanupOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            converter = Converters.ToBackend.class,
            defaultValue = "local",
            description = "Where to look: local or azure. Default: ${DEFAULT-VALUE}.")
    Backend backend;

    @Option(
            names = "--run",
            paramLabel = "ID",
            converter = Converters.ToRunId.class,
            description = "Delete everything of this run, whatever its lease. The run is not asked whether it is over.")
    Optional<RunId> run;

    @Option(
            names = "--all",
            negatable = true,
            description = "Delete everything that you have left from this machine, whatever its lease: also what you"
                    + " kept, and what a run that is going on needs.")
    boolean all;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = Converters.ToDuration.class,
            description = "Of what would be deleted, only what is older than this, such as 12h or 7d.")
    Optional<Duration> olderThan;

    @Option(names = "--dry-run", negatable = true, description = "List only; delete nothing, and do not ask.")
    boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            negatable = true,
            description = "Delete without asking. Without a terminal nothing is deleted otherwise.")
    boolean yes;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "The folder of the local backend. Default: $XDG_STATE_HOME/twinbatch, else"
                    + " ~/.local/state/twinbatch.")
    Optional<Path> stateDir;

    @Option(
            names = "--azurite",
            paramLabel = "SOURCE",
            converter = Converters.ToAzurite.class,
            defaultValue = "auto",
            description = "Where the local object store comes from; see app --help. Default: ${DEFAULT-VALUE}.")
    AzuriteChoice azurite;

    @Option(
            names = "--azurite-port",
            paramLabel = "PORT",
            converter = WholeNumber.Port.class,
            description = "The loopback port that Azurite is to listen on. Default: one that is free.")
    Optional<Integer> azuritePort;

    @Option(
            names = "--json",
            negatable = true,
            description = "Print one JSON document on standard output; nothing is asked.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            negatable = true,
            description = "Log what happens inside, and show the stack trace of an error.")
    boolean verbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            description = "The file with defaults for options; see app --help.")
    Optional<Path> config;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
