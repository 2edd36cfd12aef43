package io.twinbatch.app.option;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code status}, as picocli fills them in. */
@Command(
        name = "app/app status",
        header = "show jobs, or one job with its tasks and nodes",
        customSynopsis = "app/app status [OPTION]... [JOB]",
        description = """
                Shows jobs, newest first, or one job: its tasks by state, its nodes, and what
                keeps tasks from running. Changes nothing. Works while a run or an emulator is
                running, and after it was killed.

                JOB    Id of a job, or of its run.""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:shown",
            "2:wrong command line or configuration, or no such job",
            "3:the provider failed",
            "130:interrupted (Ctrl-C)"
        })
public final class StatusOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Option(names = "--all-jobs", negatable = true, description = "List all jobs, not only the newest 20.")
    public boolean allJobs;

    @Option(
            names = {"-w", "--watch"},
            negatable = true,
            description = "Show it again whenever it changes, until Ctrl-C, or until JOB has ended.")
    public boolean watch;

    @Parameters(index = "0", arity = "0..1", paramLabel = "JOB", description = "Id of a job, or of its run.")
    public Optional<String> job = Optional.empty();

    @Override
    public GeneralOptions general() {
        return general;
    }
}
