package io.twinbatch.app.option;

import io.twinbatch.api.task.TaskFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code logs}, as picocli fills them in. */
@Command(
        name = "app/app logs",
        header = "print the output of a task",
        customSynopsis = "app/app logs [OPTION]... JOB TASK",
        description = """
                Prints the standard output of a task, byte for byte. Messages go to standard
                error. After a retry, prints the output of the last attempt. When the node of a
                failed task is gone, prints the copy in the object store; when the job is
                deleted, the copy that the run has left beside its results.

                JOB    Id of a job, or of its run; app/app status lists them.
                TASK   Id of a task, such as topNtask0; app/app status JOB shows running and
                       failed tasks.""",
        footer = """
                Examples
                  app/app logs 20261122-175901-k3f9 topNtask0 --stderr     why it failed
                  app/app logs --follow 20261122-175901-k3f9 topNtask0     until the task ends
                  app/app logs --file wd/part.txt JOB TASK                 another file""",
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:printed; with --follow, the task has ended, successfully or not",
            "2:wrong command line or configuration, or no such job, task or file",
            "3:the provider failed, or the file is gone or cannot be continued",
            "130:interrupted (Ctrl-C)"
        })
public final class LogsOptions implements CommandOptions {
    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Option(names = "--stderr", negatable = true, description = "Print standard error instead of standard output.")
    public boolean stderr;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "Another file of the task, by its path in the task's folder, such as wd/result.txt.")
    public Optional<String> file = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            negatable = true,
            description = "Print more as it is written, until the task ends. Waits for a task that has not started.")
    public boolean follow;

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "Folder with the results of the run, whose logs/ is read when the job is deleted. Default:"
                    + " twinbatch-output/RUN-ID in the current folder.")
    public Optional<Path> outputDir = Optional.empty();

    @Parameters(index = "0", paramLabel = "JOB", description = "The id of the job, or of its run.")
    public String job;

    @Parameters(index = "1", paramLabel = "TASK", description = "The id of the task.")
    public String task;

    /** The path of the file that is meant. */
    public String path() {
        return file.orElse(stderr ? TaskFile.STDERR : TaskFile.STDOUT);
    }

    @Override
    public GeneralOptions general() {
        return general;
    }
}
