package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.api.workflow.collect.RunOutcomes;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.BackendOptions;
import io.twinbatch.app.option.GeneralOptions;
import io.twinbatch.app.option.ReportOptions;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.report.ElapsedTime.Measured;
import io.twinbatch.app.report.FailureSummary;
import io.twinbatch.app.report.FinishedRun;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.LogsText;
import io.twinbatch.app.report.OmittedInputLines;
import io.twinbatch.app.report.ResultsTable;
import io.twinbatch.app.report.RunHeader;
import io.twinbatch.app.report.RunRecorder;
import io.twinbatch.app.report.RunReporter;
import io.twinbatch.app.run.Backend;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.CleanupQuestions;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.RunEnding;
import io.twinbatch.app.run.TopWordsProgram;
import io.twinbatch.app.runreport.ReportFiles;
import io.twinbatch.app.runreport.ReportIndex;
import io.twinbatch.app.runtime.JavaOfThisMachine;
import io.twinbatch.app.runtime.NodeJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What beginning a run and going on with one have in common: the program, the backend, signals, and the report. */
final class RunExecution {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /** The note of a run that says how many words its results have. */
    private static final String NUM_WORDS = "num-words";

    private final AppEnvironment appEnvironment;
    private final BackendSession.Starter starter;
    private final Interruption interruption;
    private final RunRecorder recorder;
    private final JournalWriter journal;

    RunExecution(AppEnvironment appEnvironment, BackendSession.Starter starter, Interruption interruption) {
        this.appEnvironment = appEnvironment;
        this.starter = starter;
        this.interruption = interruption;
        this.recorder = new RunRecorder(appEnvironment.clock());
        this.journal = new JournalWriter(appEnvironment);
    }

    /** What the run notes about itself. */
    JournalWriter journal() {
        return journal;
    }

    /** The program that counts words. */
    TopWordsProgram program(Backend backend, int numWords) {
        Path jar = appEnvironment.home().resolve("node-task.jar");
        if (!Files.isReadable(jar)) {
            throw new UsageException(
                    "the program for the nodes is missing: " + jar + "; build the project with mvn package");
        }
        return new TopWordsProgram(jar, numWords, javaOnNodes(backend));
    }

    /** The nodes of the local backend are this machine, so that its tasks can run on the Java that runs the app. */
    private JavaRuntime javaOnNodes(Backend backend) {
        JavaOfThisMachine here = JavaOfThisMachine.find();
        return switch (backend) {
            case LOCAL -> JavaRuntime.at(here.executable());
            case AZURE ->
                new NodeJava(
                                appEnvironment.environment(),
                                here,
                                appEnvironment.folders().cache())
                        .choose(appEnvironment.err()::note);
        };
    }

    /** The options of a run, as stored for resume. */
    static Map<String, String> notes(int numWords) {
        return Map.of(NUM_WORDS, Integer.toString(numWords));
    }

    /** How many words the results of a run have, from its notes; the default when they say nothing of it. */
    static int numWords(Map<String, String> notes) {
        String noted = notes.get(NUM_WORDS);
        return noted == null ? RunOptions.DEFAULT_NUM_WORDS : Integer.parseInt(noted);
    }

    /** Says which run is at work, and since when. */
    void begin(RunId run, Backend backend, String verb) {
        Instant now = appEnvironment.clock().instant();
        appEnvironment
                .err()
                .note("Run " + run + " on the " + backend + " backend, " + verb + " " + TIME.format(now) + ".");
    }

    /** Works on a backend that is up for so long. A signal cancels what the backend does. */
    <T> T on(BackendSettings settings, Function<BackendSession, T> work) {
        requireTemporaryFolder();
        interruption.onSignal(Thread.currentThread()::interrupt);
        try (BackendSession session = starter.start(settings)) {
            interruption.cancels(session::cancel);
            return work.apply(session);
        } catch (RuntimeException e) {
            throw new FullDisk(settings).explain(e);
        } finally {
            appEnvironment.err().endProgress();
        }
    }

    private static void requireTemporaryFolder() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Optional<String> found = Files.isDirectory(folder)
                ? new WritableFolder(folder).problem()
                : Optional.of("there is no such folder");
        found.ifPresent(problem -> {
            throw new UsageException("temporary folder " + folder + ": " + problem
                    + "; correct that, or name another one with TWINBATCH_JAVA_OPTS=-Djava.io.tmpdir=DIR");
        });
    }

    /** The command that deletes the leftovers of a run; also printed when the process ends early. */
    private String cleanupCommand(BackendOptions where, RunId run) {
        String cleanup = new CleanupCommandLine(where.backend, where.stateDir, run).toString();
        interruption.onAbandon("resources of this run may remain; to delete them: " + cleanup);
        return cleanup;
    }

    /** Reports the progress of a run to the user. */
    RunListener reporter(BackendOptions where, BackendSettings settings, RunId run, Path outputDir) {
        String resume = new NextCommands(where.backend, where.stateDir).resume(run.value());
        boolean remote = where.backend == Backend.AZURE;
        if (remote) {
            // The removal of what a run created is bounded, and may be silent until then.
            interruption.patience(RunTimes.CLEANUP.plusMinutes(1));
        }
        RunReporter reporter = new RunReporter(
                appEnvironment.err(), cleanupCommand(where, run), resume, outputDir, settings.costsMoney());
        return event -> {
            interruption.progressed();
            recorder.on(event);
            reporter.on(event);
        };
    }

    /** Asks a person, when there is one. */
    CleanupChoice choice(boolean yes, GeneralOptions general) {
        boolean ask = appEnvironment.err().terminal().canAsk() && !yes && !general.json;
        return ask
                ? new CleanupQuestions(appEnvironment.err(), appEnvironment.in(), appEnvironment.workingTime())
                : CleanupChoice.DELETE;
    }

    /**
     * Carries out a run. When the provider fails, the report shows what has happened until then.
     */
    RunResult carryOut(String command, RunHeader header, ReportOptions options, Supplier<RunResult> run) {
        try {
            return run.get();
        } catch (BatchException e) {
            writeReport(finished(command, header, failed(header.plan(), e), options), options);
            throw e;
        }
    }

    private RunResult failed(RunPlan plan, BatchException failure) {
        RunOutcomes outcomes = new RunOutcomes(plan);
        outcomes.notRunBecause("the run failed before its end");
        Instant now = appEnvironment.clock().instant();
        return new RunResult(
                plan.id(),
                plan.pool().id(),
                plan.job().id(),
                now,
                now,
                outcomes.inputs(plan),
                outcomes.total(plan),
                RunResult.Ending.FAILED,
                Optional.of(failure),
                List.of(),
                Optional.empty());
    }

    private FinishedRun finished(String command, RunHeader header, RunResult result, ReportOptions options) {
        return new FinishedRun(
                command,
                header,
                result,
                RunEnding.exitCode(result, interruption.received()),
                appEnvironment.workingTime().measure(),
                recorder.history(),
                options.nodePrice);
    }

    /**
     * Reports the result of a run.
     *
     * @param all whether every result has a line, also when there are many
     */
    ExitCode report(
            String command, boolean json, boolean all, RunHeader header, RunResult result, ReportOptions options) {
        FinishedRun run = finished(command, header, result, options);
        if (json) {
            new JsonReport(appEnvironment.out()).writeResult(run);
        } else {
            new ResultsTable(
                            appEnvironment.out(),
                            all,
                            appEnvironment.err().terminal().tableColumns())
                    .print(header, result);
        }
        new FailureSummary(appEnvironment.err()).print(result);
        result.logs().ifPresent(logs -> appEnvironment.err().line(LogsText.of(logs, header.outputDir())));
        if (!header.plan().tasks().isEmpty()) {
            writeReport(run, options);
        }
        long done = result.inputs().stream()
                .filter(input -> input.outcome().isDone())
                .count();
        Measured time = run.time();
        String ended = "Ended " + TIME.format(time.ended()) + ", after " + HumanFormat.duration(time.worked()) + ": "
                + HumanFormat.number(done) + " of "
                + HumanFormat.count(result.inputs().size(), "input") + " done"
                + (header.leftOut().isEmpty() ? "" : ", " + OmittedInputLines.count(header.leftOut()))
                + (done == 0 ? "." : ", results in " + header.outputDir() + ".");
        if (run.exitCode() == ExitCode.DONE) {
            appEnvironment.err().success(ended);
        } else {
            appEnvironment.err().error(ended);
        }
        journal.end(run.exitCode(), ended);
        return run.exitCode();
    }

    /** That a report cannot be written fails no run. */
    private void writeReport(FinishedRun run, ReportOptions options) {
        if (!options.report) {
            return;
        }
        Path outputDir = run.header().outputDir();
        try {
            Path folder = appEnvironment.workingFolder().resolve(outputDir);
            String page = new ReportFiles(run, folder).write();
            appEnvironment.err().note("Report: " + outputDir.resolve(page));
            list(run, folder.resolve(page));
        } catch (IOException | RuntimeException e) {
            appEnvironment
                    .err()
                    .warning("the report of the run could not be written to " + outputDir + ": " + FailureReason.of(e));
        }
    }

    /** Lists the report for the portal. */
    private void list(FinishedRun run, Path page) {
        Path state = appEnvironment.folders().state();
        try {
            new ReportIndex(state).add(run, page);
        } catch (IOException e) {
            appEnvironment
                    .err()
                    .warning("the portal does not list the report, since " + state + " cannot be written: "
                            + FailureReason.of(e));
        }
    }
}
