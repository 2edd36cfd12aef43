package io.twinbatch.app.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code rerun}, as picocli fills them in. */
@Command(
        name = "app/app rerun",
        header = "run the inputs of a run again that have no result",
        customSynopsis = "app/app rerun --failed [OPTION]... JOB|DIR",
        description = """
                Runs the inputs of an earlier run again whose tasks failed or were not done:
                with the same program, options and backend, into the same folder. Results
                that are there stay. With --total or --combine, all inputs run again, since
                the result of all needs them.

                JOB  Id of the job of a run of this machine, or of the run.
                DIR  Folder of its results.""",
        footer = """
                The command line comes from the journal in the state folder, which has the
                newest 100 runs, also when their jobs are deleted. Files that the folders of
                the command line have got since do not count. A run whose client was killed
                is better continued with resume.

                Examples
                  app/app rerun --failed 20261122-175901-k3f9
                  app/app rerun --failed out/""",
        exitCodeListHeading = "%nExit codes%n")
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
