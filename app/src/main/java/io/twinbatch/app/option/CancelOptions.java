package io.twinbatch.app.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of {@code cancel}, as picocli fills them in. */
@Command(
        name = "app/app cancel",
        header = "end a run from another terminal, and keep its results",
        customSynopsis = "app/app cancel [OPTION]... JOB",
        description = """
                Ends a run from another terminal: its tasks stop, the results of finished
                tasks are kept, everything else of the run is deleted.

                JOB    Id of a job, or of its run; app/app status lists them.""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:the run has ended; with --backend=azure, its job is being terminated",
            "2:wrong command line or configuration, or no such job at work",
            "3:the provider failed",
            "130:interrupted (Ctrl-C) while it waited for the end"
        })
public final class CancelOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Parameters(paramLabel = "JOB", arity = "1", description = "Id of a job, or of its run; app/app status lists them.")
    public String job;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
