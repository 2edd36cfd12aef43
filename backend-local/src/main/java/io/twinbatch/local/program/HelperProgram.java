package io.twinbatch.local.program;

import io.twinbatch.local.process.ProcessTermination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecuteResultHandler;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.LogOutputStream;
import org.apache.commons.exec.PumpStreamHandler;
import org.apache.commons.exec.Watchdog;
import org.apache.commons.exec.environment.EnvironmentUtils;

/**
 * Runs a program of this machine to its end, such as npm, or a program that is asked for its version. Its standard input
 * is empty, and a program that takes too long is killed with all its children.
 */
public final class HelperProgram {
    private static final int MAX_LINES = 20;

    /** How long a child that outlives the program may hold its output open. */
    private static final Duration OUTPUT_GRACE = Duration.ofSeconds(1);

    /** How long a program that is killed may take to be gone. */
    private static final int KILL_LIMIT_MILLIS = 5_000;

    private final Path folder;
    private final Duration limit;

    /**
     * Describes how programs are run.
     *
     * @param folder their working folder
     * @param limit how long one may take
     */
    public HelperProgram(Path folder, Duration limit) {
        this.folder = folder.toAbsolutePath();
        this.limit = limit;
    }

    /**
     * How a program ended.
     *
     * @param exitCode its exit code; empty when it was killed because its time was up
     * @param lastLines the last lines of its standard output and error
     */
    public record Outcome(Optional<Integer> exitCode, List<String> lastLines) {
        /** Whether it ended by itself with exit code 0. */
        public boolean isSuccess() {
            return exitCode.equals(Optional.of(0));
        }
    }

    /**
     * Runs a program.
     *
     * @param command the program and its arguments
     * @throws IOException when it cannot be started, or when its output cannot be read to its end
     * @throws InterruptedException when this thread is interrupted; the program is ended
     */
    public Outcome run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    /**
     * Runs a program.
     *
     * @param command the program and its arguments
     * @param variables environment variables besides those of this process, such as a password, which its command line would show
     * @throws IOException when it cannot be started, or when its output cannot be read to its end
     * @throws InterruptedException when this thread is interrupted; the program is ended
     */
    public Outcome run(List<String> command, Map<String, String> variables) throws IOException, InterruptedException {
        LastLines output = new LastLines();
        TreeWatchdog watchdog = new TreeWatchdog(limit);
        PumpStreamHandler streams = new PumpStreamHandler(output.stream(), output.stream());
        streams.setStopTimeout(OUTPUT_GRACE);
        DefaultExecutor executor = DefaultExecutor.builder()
                .setWorkingDirectory(folder.toFile())
                .setExecuteStreamHandler(streams)
                .get();
        executor.setExitValues(null);
        executor.setWatchdog(watchdog);
        CommandLine line = new CommandLine(command.get(0))
                .addArguments(command.subList(1, command.size()).toArray(String[]::new), false);
        Map<String, String> environment = EnvironmentUtils.getProcEnvironment();
        environment.putAll(variables);
        DefaultExecuteResultHandler end = new DefaultExecuteResultHandler();
        executor.execute(line, environment, end);
        try {
            end.waitFor();
        } catch (InterruptedException e) {
            watchdog.killTree();
            throw e;
        }
        if (watchdog.killedProcess()) {
            return new Outcome(Optional.empty(), output.lines());
        }
        ExecuteException failure = end.getException();
        if (failure != null) {
            throw failure.getCause() instanceof IOException cause ? cause : failure;
        }
        return new Outcome(Optional.of(end.getExitValue()), output.lines());
    }

    /** Keeps the last lines of several streams, each of which has a thread of its own. */
    private static final class LastLines {
        private final Deque<String> last = new ArrayDeque<>();

        LogOutputStream stream() {
            return new LogOutputStream(0, StandardCharsets.UTF_8) {
                @Override
                protected void processLine(String line, int level) {
                    keep(line);
                }
            };
        }

        private synchronized void keep(String line) {
            if (last.size() == MAX_LINES) {
                last.removeFirst();
            }
            last.addLast(line);
        }

        synchronized List<String> lines() {
            return List.copyOf(last);
        }
    }

    /** Ends the children too: what is called npm may be a script that has started the real one. */
    private static final class TreeWatchdog extends ExecuteWatchdog {
        /** The process once it is started; empty when it could not be. */
        private final CompletableFuture<Optional<Process>> started = new CompletableFuture<>();

        @SuppressWarnings("deprecation") // The builder that replaces this constructor makes no subclasses.
        TreeWatchdog(Duration limit) {
            super(limit.toMillis());
        }

        @Override
        public synchronized void start(Process watched) {
            started.complete(Optional.of(watched));
            super.start(watched);
        }

        @Override
        public synchronized void failedToStart(Exception failure) {
            started.complete(Optional.empty());
            super.failedToStart(failure);
        }

        @Override
        public synchronized void timeoutOccured(Watchdog ofTime) {
            // The children of a process that has ended cannot be found any more.
            List<ProcessHandle> tree =
                    process().map(ProcessTermination::withDescendants).orElse(List.of());
            super.timeoutOccured(ofTime);
            tree.forEach(ProcessHandle::destroyForcibly);
        }

        /** Ends the program, and returns when it and its children are gone. */
        void killTree() {
            process()
                    .map(ProcessTermination::killWithDescendants)
                    .ifPresent(tree -> ProcessTermination.await(tree, KILL_LIMIT_MILLIS));
        }

        private Optional<ProcessHandle> process() {
            return started.join().map(Process::toHandle);
        }
    }
}
