package io.twinbatch.app.option;

import io.twinbatch.api.workflow.model.RunId;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code cleanup}, as picocli fills them in. */
@Command(
        name = "app/app cleanup",
        header = "list and delete leftovers of earlier runs",
        customSynopsis = "app/app cleanup [OPTION]...",
        description = """
                Lists leftovers of earlier runs by run: pools with their nodes, jobs and
                containers, their owner, and until when they are needed. Asks, then deletes
                what is past its lease, such as resources of a killed run. A lease lasts for
                the time limit of the run and one hour more, for containers one day more. What
                a user keeps has no lease. What no run has created is neither listed nor
                deleted.""",
        footer = """
                Examples
                  app/app cleanup --backend=azure            list, ask, delete leftovers
                  app/app cleanup --run 20261122-175901-k3f9 everything of one run
                  app/app cleanup --all --older-than=7d -y   everything older than a week""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:done, or nothing to do",
            "2:wrong command line or configuration, or no such run",
            "3:the provider failed, or something could not be deleted",
            "130:interrupted (Ctrl-C)"
        })
public final class CleanupOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Option(
            names = "--run",
            paramLabel = "ID",
            converter = Converters.ToRunId.class,
            description =
                    "Delete everything of this run, whatever its lease. Whether the run has ended is not " + "checked.")
    public Optional<RunId> run;

    @Option(
            names = "--all",
            negatable = true,
            description = "Delete all your leftovers from this machine, whatever their lease. This includes what "
                    + "you kept and what a current run needs.")
    public boolean all;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = Converters.ToDuration.class,
            description = "Delete only what is older than this, such as 12h or 7d.")
    public Optional<Duration> olderThan;

    @Option(names = "--dry-run", negatable = true, description = "List only; delete nothing, and do not ask.")
    public boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            negatable = true,
            description = "Delete without asking. Without a terminal, nothing is deleted unless this is given.")
    public boolean yes;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
