package io.twinbatch.app.option;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of {@code cancel}, as picocli fills them in. */
@Command(name = "app/app cancel")
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
