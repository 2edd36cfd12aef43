package io.twinbatch.app.option;

import io.twinbatch.api.task.TaskFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code logs}, as picocli fills them in. */
@Command(name = "app/app logs")
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
