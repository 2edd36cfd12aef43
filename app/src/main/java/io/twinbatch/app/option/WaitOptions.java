package io.twinbatch.app.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of {@code wait}, as picocli fills them in. */
@Command(name = "app/app wait")
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
