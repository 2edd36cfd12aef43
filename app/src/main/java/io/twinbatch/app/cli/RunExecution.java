package io.twinbatch.app.cli;

import io.twinbatch.api.file.WritableFolder;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.BackendOptions;
import io.twinbatch.app.option.GeneralOptions;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.report.ElapsedTime.Measured;
import io.twinbatch.app.report.FailureSummary;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.LogsText;
import io.twinbatch.app.report.OmittedInputLines;
import io.twinbatch.app.report.ResultsTable;
import io.twinbatch.app.report.RunHeader;
import io.twinbatch.app.report.RunReporter;
import io.twinbatch.app.run.Backend;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.CleanupQuestions;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.RunEnding;
import io.twinbatch.app.run.TopWordsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What beginning a run and going on with one have in common: the program, the backend, signals, and the report. */
final class RunExecution {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /** The note of a run that says how many words its results have. */
    private static final String NUM_WORDS = "num-words";

    private final AppEnvironment appEnvironment;
    private final BackendSession.Starter starter;
    private final Interruption interruption;

    RunExecution(AppEnvironment appEnvironment, BackendSession.Starter starter, Interruption interruption) {
        this.appEnvironment = appEnvironment;
        this.starter = starter;
        this.interruption = interruption;
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
    private static Optional<Path> javaOnNodes(Backend backend) {
        return switch (backend) {
            case LOCAL -> Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
            case AZURE -> Optional.empty();
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
        Thread thread = Thread.currentThread();
        interruption.onSignal(thread::interrupt);
        try (BackendSession session = starter.start(settings)) {
            interruption.onSignal(() -> {
                session.cancel();
                // Also ends a question that nobody is going to answer any more.
                thread.interrupt();
            });
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
    RunListener reporter(BackendOptions where, RunId run, Path outputDir) {
        String resume = new NextCommands(where.backend, where.stateDir).resume(run.value());
        boolean remote = where.backend == Backend.AZURE;
        if (remote) {
            // The removal of what a run created is bounded, and may be silent until then.
            interruption.patience(RunTimes.CLEANUP.plusMinutes(1));
        }
        RunReporter reporter =
                new RunReporter(appEnvironment.err(), cleanupCommand(where, run), resume, outputDir, remote);
        return event -> {
            interruption.progressed();
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
     * Reports the result of a run.
     *
     * @param all whether every result has a line, also when there are many
     */
    ExitCode report(String command, boolean json, boolean all, RunHeader header, RunResult result) {
        Measured time = appEnvironment.workingTime().measure();
        ExitCode exitCode = RunEnding.exitCode(result, interruption.received());
        if (json) {
            new JsonReport(appEnvironment.out()).writeResult(command, header, result, exitCode, time);
        } else {
            new ResultsTable(
                            appEnvironment.out(),
                            all,
                            appEnvironment.err().terminal().tableColumns())
                    .print(header, result);
        }
        new FailureSummary(appEnvironment.err()).print(result);
        result.logs().ifPresent(logs -> appEnvironment.err().line(LogsText.of(logs, header.outputDir())));
        long done = result.inputs().stream()
                .filter(input -> input.outcome().isDone())
                .count();
        String ended = "Ended " + TIME.format(time.ended()) + ", after " + HumanFormat.duration(time.worked()) + ": "
                + HumanFormat.number(done) + " of "
                + HumanFormat.count(result.inputs().size(), "input") + " done"
                + (header.leftOut().isEmpty() ? "" : ", " + OmittedInputLines.count(header.leftOut()))
                + (done == 0 ? "." : ", results in " + header.outputDir() + ".");
        if (exitCode == ExitCode.DONE) {
            appEnvironment.err().success(ended);
        } else {
            appEnvironment.err().error(ended);
        }
        return exitCode;
    }
}
