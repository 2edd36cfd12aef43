package io.twinbatch.app.cli;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.journal.RunJournal;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.local.process.ProcessIdentity;
import io.twinbatch.local.program.SearchPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A run in a process of its own, which outlives this one and its terminal. This one waits until the other has checked
 * everything and begins, or has failed at that.
 */
final class DetachedRun {
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final String STANDARD_INPUT = "-";

    private final AppEnvironment appEnvironment;
    private final Interruption interruption;
    private final Optional<Path> script;
    private final RunOptions options;
    private final RunJournal journal;

    /**
     * A run that is not started.
     *
     * @param script the script that starts the app; empty when this process was started without one
     */
    DetachedRun(AppEnvironment appEnvironment, Interruption interruption, Optional<Path> script, RunOptions options) {
        this.appEnvironment = appEnvironment;
        this.interruption = interruption;
        this.script = script;
        this.options = options;
        this.journal = new RunJournal(new SettingsReader(appEnvironment).stateDir(options.where));
    }

    /** Starts it, and says how it is reached. */
    ExitCode start() {
        if (options.dryRun) {
            throw new UsageException("--dry-run runs nothing that could be detached; leave out --detach");
        }
        // What is wrong with the state folder has to be said before anything is put into it.
        new SettingsReader(appEnvironment).readForWork(options.where, options.general);
        try {
            Path folder = journal.createFolder();
            Path output = Files.createTempFile(folder, "starting-", ".out");
            Path log = Files.createTempFile(folder, "starting-", ".log");
            Process process = process(output, log);
            // A number alone may be that of an earlier run, whose process had it. It is empty when the process has
            // ended.
            Optional<ProcessIdentity> client = ProcessIdentity.of(process.toHandle());
            if (client.isPresent()) {
                output = Files.move(output, journal.output(client.get()));
                log = Files.move(log, journal.log(client.get()));
            }
            interruption.announce("stopping the run");
            interruption.onAbandon("the run, process " + process.pid() + ", may go on");
            interruption.onSignal(process::destroy);
            LogCopy copy = new LogCopy(log, appEnvironment.err());
            Optional<JournaledRun> begun = awaitBegin(process, client, copy);
            if (begun.isEmpty()) {
                Files.copy(output, appEnvironment.out());
                Files.delete(output);
                Files.delete(log);
                return interruption.received().orElseGet(() -> ExitCode.of(process.exitValue()));
            }
            journal.begin(begun.get());
            report(begun.get());
            return interruption.received().orElse(ExitCode.DONE);
        } catch (IOException e) {
            throw new UsageException("the run cannot be detached: " + FailureReason.of(e), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a signal ends the other process", e);
        }
    }

    private Process process(Path output, Path log) throws IOException {
        List<String> command = new ArrayList<>(separator());
        command.add(script.filter(Files::isExecutable)
                .orElseThrow(() -> new UsageException("--detach needs a start by the script: app/app run --detach"))
                .toString());
        command.addAll(List.of(Commands.DEFAULT, "--no-detach"));
        command.addAll(options.wordsWithoutDetach());
        boolean reads = Stream.concat(options.filesFrom.stream(), options.tasks.stream())
                .anyMatch(STANDARD_INPUT::equals);
        return new ProcessBuilder(command)
                .directory(appEnvironment.workingFolder().toFile())
                .redirectInput(
                        reads ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile())
                .redirectError(log.toFile())
                .start();
    }

    /** Without a session of its own, the process at least outlives the terminal. */
    private List<String> separator() {
        SearchPath path = new SearchPath(appEnvironment.environment().getOrDefault("PATH", ""));
        return List.of(path.find("setsid").isPresent() ? "setsid" : "nohup");
    }

    /** The run once it begins; empty when its process has ended before. */
    private Optional<JournaledRun> awaitBegin(Process process, Optional<ProcessIdentity> client, LogCopy copy)
            throws IOException, InterruptedException {
        boolean ended = client.isEmpty();
        while (true) {
            copy.copyWhatIsNew();
            Optional<JournaledRun> run = client.isEmpty() ? Optional.empty() : journal.findByProcess(client.get());
            if (run.isPresent() || ended) {
                return run;
            }
            ended = process.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void report(JournaledRun run) {
        Path log = journal.log(run);
        if (options.general.json) {
            new JsonReport(appEnvironment.out()).write("run", "detached", ExitCode.DONE, json -> {
                json.writeObjectFieldStart("run");
                json.writeStringField("id", run.id().value());
                json.writeStringField("backend", run.backend().toString());
                json.writeStringField("job", run.job().value());
                json.writeStringField("outputDir", run.outputFolder().toString());
                json.writeNumberField("process", run.process().pid());
                json.writeStringField("log", log.toString());
                json.writeEndObject();
            });
            return;
        }
        NextCommands next = new NextCommands(run.backend(), options.where.stateDir);
        String job = run.job().value();
        Stream.of(
                        "Run " + run.id() + " goes on in the background, as process "
                                + run.process().pid() + "; its job is " + job + ".",
                        "Its messages: " + log,
                        "To wait for its end, and see its results: " + next.await(job),
                        "To see how far it is: " + next.status(job),
                        "To see what a task writes: " + next.logs(run.job(), "TASK", " --follow"),
                        "To end it: " + next.cancel(job))
                .forEach(appEnvironment.out()::println);
    }
}
