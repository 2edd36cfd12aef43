package io.twinbatch.app.cli;

import io.twinbatch.api.workflow.model.RunId;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code cleanup}, as picocli fills them in. */
@Command(name = "app cleanup")
final class CleanupOptions implements CommandOptions {
    @Mixin
    final BackendOptions where = new BackendOptions();

    @Mixin
    final GeneralOptions general = new GeneralOptions();

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

    @Override
    public GeneralOptions general() {
        return general;
    }
}
