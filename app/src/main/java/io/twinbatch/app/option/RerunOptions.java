package io.twinbatch.app.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code rerun}, as picocli fills them in. */
@Command(name = "app/app rerun")
public final class RerunOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Spec
    private CommandSpec spec;

    @Option(names = "--failed", description = "Run the inputs that have no result. Needed.")
    public boolean failed;

    @Option(
            names = "--force",
            negatable = true,
            description = "Overwrite results that were made from other content or with other options.")
    public boolean force;

    @Option(names = "--dry-run", negatable = true, description = "Show what would be created and run; change nothing.")
    public boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            negatable = true,
            description = "Answer every question with yes. Without a terminal no question is asked.")
    public boolean yes;

    @Parameters(
            paramLabel = "JOB|DIR",
            arity = "1",
            description = "Id of the job of a run, or of the run; or the folder of its results.")
    public String run;

    /** Whether the command line itself has an option; the environment and the configuration file do not count. */
    public boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    @Override
    public GeneralOptions general() {
        return general;
    }
}
