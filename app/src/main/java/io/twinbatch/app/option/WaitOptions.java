package io.twinbatch.app.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of {@code wait}, as picocli fills them in. */
@Command(
        name = "app/app wait",
        header = "wait for the end of a run in the background",
        customSynopsis = "app/app wait [OPTION]... JOB",
        description = """
                Waits for the end of a run on this machine, such as one that run --detach has
                started, prints its results, and ends with its exit code. Ctrl-C ends the wait
                alone; the run goes on.

                JOB  Id of the job of a run, or of the run.""",
        footer = """
                A run that has ended can be waited for too. When its client was killed, the
                exit code is 3, and the message says how to continue it.""",
        exitCodeListHeading = "%nExit codes%n")
public final class WaitOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Parameters(paramLabel = "JOB", arity = "1", description = "Id of the job of a run, or of the run.")
    public String job;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
