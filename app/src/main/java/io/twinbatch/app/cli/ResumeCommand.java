package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.option.ResumeOptions;
import io.twinbatch.app.report.RunHeader;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.LocalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The command {@code resume}. */
final class ResumeCommand implements AppCommand {
    private final AppEnvironment appEnvironment;
    private final Interruption interruption;
    private final RunExecution work;
    private final ResumeOptions options;

    ResumeCommand(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            Interruption interruption,
            ResumeOptions options) {
        this.appEnvironment = appEnvironment;
        this.interruption = interruption;
        this.work = new RunExecution(appEnvironment, starter, interruption);
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        BackendSettings settings = new SettingsReader(appEnvironment).readForWork(options.where, options.general);
        if (settings instanceof LocalSettings local && !Files.exists(local.stateDir())) {
            throw nothingToResume();
        }
        // Until the run is found there is nothing to remove, and afterwards the words are a run's again.
        interruption.announce("stopping; the run stays as it is");
        return work.on(settings.forAllThatIsLeft(), session -> execute(session, settings, begun));
    }

    private ExitCode execute(BackendSession session, BackendSettings settings, Runnable begun) {
        RunRecord record = session.record(options.job).orElseThrow(this::nothingToResume);
        ProgramChoice choice = ProgramChoice.ofNotes(record.asked().notes(), work, options.where.backend);
        Path outputDir = outputDir(record);
        Path absolute = appEnvironment.workingFolder().resolve(outputDir);
        ResumePlan continuation = session.continuation(record, choice.program(), absolute);
        begun.run();
        work.begin(record.id(), options.where.backend, "resumed");
        RunListener reporter = work.reporter(options.where, settings, record.id(), outputDir);
        interruption.announce(Interruption.OF_A_RUN);
        CleanupChoice cleanup = work.choice(options.yes, options.general);
        RunHeader header = new RunHeader(
                options.where.backend.toString(), continuation.plan(), outputDir, choice.numWords(), List.of());
        work.journal().begin(options.where, header);
        RunResult result;
        try (PortalOpening.Opened portal = new PortalOpening(appEnvironment)
                .beside(options.portal, PortalOpening.describe(settings), session::inspector)) {
            result = work.carryOut(
                    "resume", header, options.report, () -> session.resume(continuation, reporter, cleanup));
        }
        return work.report("resume", options.general.json, false, header, result, options.report);
    }

    @Override
    public void failed(Failure failure) {
        work.journal().end(failure.exitCode(), failure.message());
    }

    private BatchException nothingToResume() {
        String list = new NextCommands(options.where.backend, options.where.stateDir).leftovers();
        return new BatchException(
                ErrorCode.NOT_FOUND,
                "run " + options.job,
                "there is nothing to resume: no unfinished run has this id or job id. A run can be resumed from the"
                        + " upload of its inputs until its end. A run that was stopped earlier must be"
                        + " run again; " + list + " lists its leftovers");
    }

    /** A path of another machine means nothing here. */
    private Path outputDir(RunRecord record) {
        Path own = ResultFolder.of(record.id());
        boolean ours = record.asked().owner().equals(Optional.of(appEnvironment.owner()));
        return options.outputDir.orElseGet(() -> ours
                ? ResultFolder.shortened(Path.of(record.asked().outputFolder()), appEnvironment.workingFolder())
                : own);
    }
}
