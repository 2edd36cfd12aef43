package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.workflow.collect.LogDownload;
import io.twinbatch.api.workflow.model.FileName;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.inspect.JobFinder;
import io.twinbatch.app.inspect.TaskLog;
import io.twinbatch.app.inspect.TaskLogFollower;
import io.twinbatch.app.option.LogsOptions;
import io.twinbatch.app.run.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The command {@code logs}. */
final class LogsCommand implements AppCommand {
    private static final int NAMED_TASKS = 5;

    private final InspectionRunner work;
    private final AppEnvironment appEnvironment;
    private final Interruption interruption;
    private final LogsOptions options;

    LogsCommand(InspectionRunner work, LogsOptions options) {
        this.work = work;
        this.appEnvironment = work.appEnvironment();
        this.interruption = work.interruption();
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        requireSense();
        try {
            return show(work.begin(options.where, options.general, begun)) ? ExitCode.DONE : ExitCode.PROVIDER;
        } catch (InterruptedException e) {
            return interruption.received().orElse(ExitCode.INTERRUPTED);
        } catch (BatchException e) {
            // A request that a signal has cut short has not failed.
            return interruption.received().orElseThrow(() -> e);
        }
    }

    private void requireSense() {
        if (options.general.json) {
            throw new UsageException("logs prints a file as it is; --json is not for it");
        }
        if (options.stderr && options.file.isPresent()) {
            throw new UsageException("--stderr and --file exclude each other");
        }
    }

    private boolean show(List<BackendInspector> looks) throws InterruptedException {
        String list = new NextCommands(options.where.backend, options.where.stateDir).status();
        JobFinder finder = new JobFinder(looks, list);
        Optional<JobFinder.Found> found = finder.look(options.job);
        if (found.isEmpty()) {
            printKept(finder);
            return true;
        }
        return show(found.get());
    }

    private boolean show(JobFinder.Found found) throws InterruptedException {
        BackendInspector look = found.look();
        Job job = found.job();
        Task task = find(look, job);
        Consumer<String> notes = appEnvironment.err()::line;
        TaskLog log = new TaskLog(look, job, task.key(), options.path(), appEnvironment.out(), notes);
        if (options.follow) {
            return new TaskLogFollower(
                            look, task.key(), log, appEnvironment.clock(), appEnvironment.out()::checkError, notes)
                    .follow();
        }
        boolean shown = log.print(task);
        if (!task.status().isFinal()) {
            look.standstill()
                    .ifPresentOrElse(
                            why -> notes.accept(
                                    "Task " + task.key().task() + " has not ended, and does not run: " + why + "."),
                            () -> {
                                if (task.node().isPresent()) {
                                    notes.accept("Task " + task.key().task() + " has not ended; --follow goes on until"
                                            + " it has.");
                                }
                            });
        }
        return shown;
    }

    /** Prints the log that the run has left beside its results. */
    private void printKept(JobFinder finder) {
        Path log = keptLog()
                .filter(path ->
                        Files.isRegularFile(appEnvironment.workingFolder().resolve(path)))
                .orElseThrow(() -> finder.missing(options.job));
        appEnvironment.err().line("The job has been deleted; this is " + log + ".");
        try {
            Files.copy(appEnvironment.workingFolder().resolve(log), appEnvironment.out());
        } catch (IOException e) {
            throw new UsageException("log " + log + ": it cannot be read: " + FailureReason.of(e), e);
        }
    }

    private Optional<Path> keptLog() {
        if (!FileName.isPlain(options.task)) {
            return Optional.empty();
        }
        return options.outputDir
                .or(() -> ResultFolder.ofJob(options.job))
                .map(folder ->
                        folder.resolve(LogDownload.FOLDER).resolve(options.task).resolve(options.path()));
    }

    private Task find(BackendInspector look, Job job) {
        return key(job).flatMap(look.jobs()::task)
                .orElseThrow(() -> new UsageException(
                        "job " + job.id() + " has no task '" + options.task + "'; " + someTasks(look, job)));
    }

    private Optional<TaskKey> key(Job job) {
        try {
            return Optional.of(new TaskKey(job.id(), options.task));
        } catch (BatchException e) {
            if (e.code() == ErrorCode.INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String someTasks(BackendInspector look, Job job) {
        int total = look.jobs().counts(job.id()).total();
        if (total == 0) {
            return "it has no tasks yet";
        }
        try (Stream<Task> tasks = look.jobs().tasks(job.id(), TaskFilter.ALL)) {
            List<String> names = tasks.limit(NAMED_TASKS)
                    .map(task -> task.key().task())
                    .sorted()
                    .toList();
            String more = total > names.size() ? " and " + (total - names.size()) + " more" : "";
            return "it has " + String.join(", ", names) + more;
        }
    }
}
