package io.twinbatch.app.option;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code status}, as picocli fills them in. */
@Command(name = "app/app status")
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
