package io.twinbatch.app.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code resume}, as picocli fills them in. */
@Command(
        name = "app/app resume",
        header = "continue a run whose client was killed",
        customSynopsis = "app/app resume [OPTION]... JOB",
        description = """
                Continues a run whose client was killed or lost its machine: submits missing
                tasks, watches all tasks, downloads and verifies the results, and cleans up.
                Finished tasks do not run again. Any machine with the same accounts can do it.

                JOB  Id of a job, or of its run; app/app status lists them.""",
        footer = """
                A run can be resumed as soon as its inputs are uploaded. Its time limit begins
                again. When its job has ended or is too old, a new job runs the missing tasks.
                Make sure that the client of the run has ended: two clients of one run
                interfere.

                Examples
                  app/app resume 20261122-175901-k3f9        on this machine
                  app/app resume --backend=azure job-20261122-175901-k3f9 --output-dir out""",
        exitCodeListHeading = "%nExit codes%n")
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
