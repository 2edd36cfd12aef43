package io.twinbatch.app.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code resume}, as picocli fills them in. */
@Command(name = "app/app resume")
public final class ResumeOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Mixin
    public final PortalSwitch portal = new PortalSwitch();

    @Mixin
    public final ReportOptions report = new ReportOptions();

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "Folder for the results. Default: the folder of the run, when the run is yours and of this"
                    + " machine; otherwise a new folder twinbatch-output/RUN-ID in the current folder.")
    public Optional<Path> outputDir;

    @Option(
            names = {"-y", "--yes"},
            negatable = true,
            description = "Answer every question with yes. Without a terminal no question is asked.")
    public boolean yes;

    @Parameters(
            paramLabel = "JOB",
            arity = "1",
            description = "The job of the run, or the run's own id; app status lists them.")
    public String job;

    @Override
    public GeneralOptions general() {
        return general;
    }
}
