package io.twinbatch.local.node;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.TaskFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * One operating-system process, run to its end with its output in files. It runs in a session of its own where the
 * system has {@code setsid}, so that what a terminal sends to this program (Ctrl-C) does not reach it.
 */
final class TaskProcess {
    private static final File NOTHING = new File("/dev/null");

    /** Decides whether a prepared process may start, and starts it. */
    interface Starter extends Function<ProcessBuilder, Optional<Process>> {}

    private final Optional<Path> setsid;

    TaskProcess(Optional<Path> setsid) {
        this.setsid = setsid;
    }

    /** Why a process could not be started. */
    static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient FailureInfo failure;

        NotStarted(FailureInfo failure, Throwable cause) {
            super(failure.toString(), cause);
            this.failure = failure;
        }

        FailureInfo failure() {
            return failure;
        }
    }

    /**
     * Runs the process and waits for its end.
     *
     * @param starter starts the process, or returns nothing when it is no longer wanted
     * @return the exit code; empty when the starter did not start it
     */
    Optional<Integer> run(List<String> arguments, Map<String, String> environment, Path folder, Starter starter)
            throws NotStarted {
        Path workingFolder = folder.resolve(NodeFolder.WORKING_FOLDER);
        String program = arguments.get(0);
        Path executable = ProgramPath.find(program, workingFolder, environment.getOrDefault("PATH", ""))
                .orElseThrow(() -> new NotStarted(
                        FailureInfo.of(
                                "CommandProgramNotFound",
                                "the program " + QuotedValue.of(program)
                                        + " was not found on the node, or is not executable"),
                        null));
        List<String> words = new ArrayList<>();
        setsid.ifPresent(path -> words.add(path.toString()));
        words.add(executable.toString());
        words.addAll(arguments.subList(1, arguments.size()));
        Executor executor = new Executor(words, folder, starter);
        try {
            return Optional.of(executor.execute(new CommandLine(words.get(0)), environment));
        } catch (IOException e) {
            if (executor.unwanted) {
                return Optional.empty();
            }
            throw new NotStarted(failure(program, workingFolder, e), e);
        }
    }

    private static FailureInfo failure(String program, Path workingFolder, IOException cause) {
        String reason = Files.isDirectory(workingFolder) ? FailureReason.of(cause) : "its working folder is gone";
        String message = "the program " + QuotedValue.of(program) + " could not be started: " + reason;
        if (ProcessLimit.isBehind(cause)) {
            return FailureInfo.of(
                    "ProcessLimitReached",
                    message + "; this machine or its user may have no further process. Raise the limit (ulimit -u), or"
                            + " let fewer tasks run at once");
        }
        return FailureInfo.of("CommandLaunchFailed", message);
    }

    /** Starts the process with its streams in files, so that no thread has to carry its output. */
    private static final class Executor extends DefaultExecutor {
        private final List<String> words;
        private final Path folder;
        private final Starter starter;
        private boolean unwanted;

        @SuppressWarnings("deprecation") // The builder that replaces this constructor makes no subclasses.
        Executor(List<String> words, Path folder, Starter starter) {
            this.words = words;
            this.folder = folder;
            this.starter = starter;
            setExitValues(null);
            setStreamHandler(new NoStreams());
        }

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path ignored)
                throws IOException {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.resolve(NodeFolder.WORKING_FOLDER).toFile())
                    .redirectInput(NOTHING)
                    .redirectOutput(folder.resolve(TaskFile.STDOUT).toFile())
                    .redirectError(folder.resolve(TaskFile.STDERR).toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Optional<Process> process;
            try {
                process = starter.apply(builder);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            unwanted = process.isEmpty();
            return process.orElseThrow(() -> new IOException("the process is no longer wanted"));
        }
    }

    private static final class NoStreams implements ExecuteStreamHandler {
        @Override
        public void setProcessInputStream(OutputStream stream) {}

        @Override
        public void setProcessOutputStream(InputStream stream) {}

        @Override
        public void setProcessErrorStream(InputStream stream) {}

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
