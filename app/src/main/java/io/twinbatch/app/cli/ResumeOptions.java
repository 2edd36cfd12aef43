package io.twinbatch.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code resume}, as picocli fills them in. */
@Command(name = "app resume")
final class ResumeOptions implements CommandOptions {
    @Mixin
    final BackendOptions where = new BackendOptions();

    @Mixin
    final GeneralOptions general = new GeneralOptions();

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "The folder for the results. Default: the one that the run was given, when it is yours and of"
                    + " this machine; otherwise a new folder twinbatch-output/RUN-ID in the current one.")
    Optional<Path> outputDir;

    @Option(
            names = {"-y", "--yes"},
            negatable = true,
            description = "Answer every question with yes. Nothing is asked without a terminal either.")
    boolean yes;

    @Parameters(
            paramLabel = "JOB",
            arity = "1",
            description = "The job of the run, or the run's own id; app status lists them.")
    String job;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
