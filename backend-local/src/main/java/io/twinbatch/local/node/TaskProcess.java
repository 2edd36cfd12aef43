package io.twinbatch.local.node;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.TaskFile;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operating-system process, run to its end with its output in files. It runs in a session of its own where the
 * system has {@code setsid}, so that what a terminal sends to this program (Ctrl-C) does not reach it.
 */
final class TaskProcess {
    private static final File NOTHING = new File("/dev/null");

    /** Decides whether a prepared process may start, and starts it. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts a process.
         *
         * @return the process; empty when it is no longer wanted
         * @throws IOException when the system refuses it
         */
        Optional<Process> start(ProcessBuilder process) throws IOException;
    }

    private final List<String> launcher;

    /**
     * A process that has not been started.
     *
     * @param launcher the words before its command line, by which other programs start it in their own place
     */
    TaskProcess(List<String> launcher) {
        this.launcher = List.copyOf(launcher);
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
     * @throws InterruptedException when this thread is interrupted; the process is left to the caller
     */
    Optional<Integer> run(List<String> arguments, Map<String, String> environment, Path folder, Starter starter)
            throws NotStarted, InterruptedException {
        Path workingFolder = folder.resolve(NodeFolder.WORKING_FOLDER);
        String program = arguments.get(0);
        Path executable = ProgramPath.find(program, workingFolder, environment.getOrDefault("PATH", ""))
                .orElseThrow(() -> new NotStarted(
                        FailureInfo.of(
                                "CommandProgramNotFound",
                                "the program " + QuotedValue.of(program)
                                        + " was not found on the node, or is not executable"),
                        null));
        List<String> words = new ArrayList<>(launcher);
        words.add(executable.toString());
        words.addAll(arguments.subList(1, arguments.size()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(workingFolder.toFile())
                .redirectInput(NOTHING)
                // A folder that stays has what was written there before, perhaps by processes that still write.
                .redirectOutput(
                        Redirect.appendTo(folder.resolve(TaskFile.STDOUT).toFile()))
                .redirectError(Redirect.appendTo(folder.resolve(TaskFile.STDERR).toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Optional<Process> process = starter.start(builder);
            return process.isEmpty()
                    ? Optional.empty()
                    : Optional.of(process.get().waitFor());
        } catch (IOException e) {
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
}
