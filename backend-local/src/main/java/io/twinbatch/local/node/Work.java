package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.CommandLine;
import io.twinbatch.api.job.FailureInfo;
import io.twinbatch.api.job.OutputFile;
import io.twinbatch.api.job.ResourceFile;
import io.twinbatch.api.job.TaskFile;
import io.twinbatch.local.disk.DiskFull;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of work being done: its folder made anew, its files fetched, its process run to the end, its outputs
 * uploaded. {@link #run} does it on the calling thread; {@link #end} stops it from any other.
 */
public final class Work {
    /** Hears that the process has ended and the uploads begin. */
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = () -> {};

        /** The process has ended and its outputs are being uploaded. */
        void uploading();
    }

    /** How much of a task's standard output, and of its standard error, is kept. */
    public static final long MOST_OUTPUT_BYTES = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final WorkSpec spec;
    private final NodeTools tools;
    private final Listener listener;
    private final Disturbance disturbance;

    // Used by the thread that runs it alone.
    private boolean prepared;
    private OptionalLong firstRefusal = OptionalLong.empty();

    // Guarded by this.
    private Thread interruptible;
    private Process process;
    private OptionalInt ledgerPlace = OptionalInt.empty();
    private EndReason ended;

    /**
     * Work to be done.
     *
     * @param tools what it is done with
     * @param listener hears how far it has come
     */
    public Work(WorkSpec spec, NodeTools tools, Listener listener) {
        this(spec, tools, listener, Disturbance.NONE);
    }

    /**
     * Work to be done, with what is to go wrong on purpose.
     *
     * @param tools what it is done with
     * @param listener hears how far it has come
     */
    public Work(WorkSpec spec, NodeTools tools, Listener listener, Disturbance disturbance) {
        this.spec = spec;
        this.tools = tools;
        this.listener = listener;
        this.disturbance = disturbance;
    }

    /** What names it among all work of the engine. */
    public String id() {
        return spec.id();
    }

    /** Stops it: a transfer is broken off, all its processes are killed. What has ended stays ended as it was. */
    public void end(EndReason reason) {
        Process running;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
            running = process;
            if (interruptible != null) {
                interruptible.interrupt();
            }
        }
        if (running != null) {
            tools.processes().kill(running, spec.id());
        }
    }

    /** Whether {@link #end} has been called, so that it does nothing any more. */
    public synchronized boolean isEnded() {
        return ended != null;
    }

    /** Ends it when its process has written more than it may to its standard output or error. */
    public void endWhenTalkative() {
        if (Stream.of(TaskFile.STDOUT, TaskFile.STDERR).anyMatch(name -> sizeOf(name) > MOST_OUTPUT_BYTES)) {
            end(EndReason.OUTPUT_LIMIT);
        }
    }

    private long sizeOf(String name) {
        // A file that is not there has the length zero.
        return spec.folder().resolve(name).toFile().length();
    }

    /** What was written between the limit and the end is not kept: it may be as much again. */
    private void cutOutput() {
        for (String name : List.of(TaskFile.STDOUT, TaskFile.STDERR)) {
            if (sizeOf(name) <= MOST_OUTPUT_BYTES) {
                continue;
            }
            try (FileChannel file = FileChannel.open(
                    spec.folder().resolve(name), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                file.truncate(MOST_OUTPUT_BYTES);
            } catch (IOException e) {
                LOG.warn("The output {} of {} could not be cut: {}", name, spec.folder(), e.toString());
            }
        }
    }

    /**
     * Does it, and returns how it ended; nothing when the system has no room for it just now, so that it is to be run
     * again in a while. It holds no thread until then: threads and processes have their room in common.
     */
    public Optional<WorkOutcome> run() {
        Optional<ScheduledFuture<?>> limit = Optional.empty();
        try {
            limit = spec.timeLimit().map(this::endAfter);
            WorkOutcome outcome = prepareAndRun();
            if (outcome.equals(new WorkOutcome.Ended(EndReason.OUTPUT_LIMIT))) {
                cutOutput();
            }
            return Optional.of(outcome);
        } catch (InterruptedException e) {
            // Only end() interrupts this thread, and it has left the reason.
            return Optional.of(endedOutcome().orElseGet(() -> new WorkOutcome.Ended(EndReason.TERMINATED)));
        } catch (TaskProcess.NotStarted e) {
            return ProcessLimit.isBehind(e) ? waitForRoom(e.failure()) : couldNotStart(e.failure());
        } catch (OutOfMemoryError e) {
            // Most often it is no memory that is missing, but room for a further thread.
            return waitForRoom(FailureInfo.of("ProcessLimitReached", "the node has no room for it: " + e.getMessage()));
        } catch (RuntimeException e) {
            // A task that never ends would be worse. The message may hold what has to stay secret, and is left out.
            return couldNotStart(FailureInfo.of(
                    "InternalError", "the node failed: " + e.getClass().getName() + " at " + e.getStackTrace()[0]));
        } finally {
            limit.ifPresent(ending -> ending.cancel(false));
        }
    }

    private static Optional<WorkOutcome> couldNotStart(FailureInfo failure) {
        return Optional.of(new WorkOutcome.CouldNotStart(failure));
    }

    private Optional<WorkOutcome> waitForRoom(FailureInfo failure) {
        if (firstRefusal.isEmpty()) {
            firstRefusal = OptionalLong.of(tools.starts().now());
            if (tools.starts().isWorthTelling()) {
                LOG.warn("{}. What is to be started waits until there is room", failure.message());
            }
        }
        return tools.starts().isHopeless(firstRefusal.getAsLong()) ? couldNotStart(failure) : Optional.empty();
    }

    private ScheduledFuture<?> endAfter(Duration time) {
        return tools.timer()
                .schedule(() -> end(EndReason.TIME_LIMIT), TimeUnit.MILLISECONDS.convert(time), TimeUnit.MILLISECONDS);
    }

    private WorkOutcome prepareAndRun() throws InterruptedException, TaskProcess.NotStarted {
        if (!prepared) {
            Optional<FailureInfo> failure = badVariable();
            if (failure.isEmpty()) {
                failure = interruptibly(this::prepare);
            }
            if (failure.isPresent()) {
                return new WorkOutcome.CouldNotStart(failure.get());
            }
            prepared = true;
        }
        Optional<Integer> exitCode;
        try {
            exitCode = new TaskProcess(tools.setsid())
                    .run(CommandLine.split(spec.commandLine()), environment(), spec.folder(), this::start);
        } catch (BatchException e) {
            return new WorkOutcome.CouldNotStart(FailureInfo.of("CommandLaunchFailed", e.getMessage()));
        } finally {
            leaveLedger();
        }
        Optional<WorkOutcome> stopped = endedOutcome();
        if (stopped.isPresent() || exitCode.isEmpty()) {
            return stopped.orElseGet(() -> new WorkOutcome.Ended(EndReason.TERMINATED));
        }
        return interruptibly(() -> upload(exitCode.get()));
    }

    /** What the system would refuse with an exception that shows the value. */
    private Optional<FailureInfo> badVariable() {
        return spec.environment().entrySet().stream()
                .filter(variable -> variable.getKey().indexOf('=') >= 0
                        || variable.getKey().indexOf('\0') >= 0
                        || variable.getValue().indexOf('\0') >= 0)
                .findFirst()
                .map(variable -> FailureInfo.of(
                        "CommandLaunchFailed",
                        "the variable " + variable.getKey().replace('\0', '\uFFFD')
                                + " has a name or a value that no process can have"));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(spec.environment());
        environment.put(NodeEnvironment.WORK_ID, tools.processes().mark(spec.id()));
        return environment;
    }

    private synchronized Optional<WorkOutcome> endedOutcome() {
        return Optional.ofNullable(ended).map(WorkOutcome.Ended::new);
    }

    private synchronized Optional<Process> start(ProcessBuilder builder) {
        if (ended != null) {
            return Optional.empty();
        }
        try {
            process = tools.starts().start(builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OutOfMemoryError e) {
            // The JDK has no thread to watch the process with, which may run already, and is nobody's then.
            tools.processes().killMarked(spec.id()::equals);
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
        ledgerPlace = OptionalInt.of(tools.ledger().enter(process));
        return Optional.of(process);
    }

    private synchronized void leaveLedger() {
        ledgerPlace.ifPresent(place -> {
            tools.ledger().leave(place);
            tools.starts().ended();
        });
        ledgerPlace = OptionalInt.empty();
    }

    /** A step that {@link #end} may interrupt. */
    private interface Step<T> {
        T take() throws InterruptedException;
    }

    private <T> T interruptibly(Step<T> step) throws InterruptedException {
        synchronized (this) {
            if (ended != null) {
                throw new InterruptedException("ended before this step");
            }
            interruptible = Thread.currentThread();
        }
        try {
            return step.take();
        } finally {
            synchronized (this) {
                interruptible = null;
                // An interruption that came too late to be noticed must not hit the thread's next work.
                Thread.interrupted();
            }
        }
    }

    private Optional<FailureInfo> prepare() throws InterruptedException {
        disturbance.delay();
        Path workingFolder = spec.folder().resolve(NodeFolder.WORKING_FOLDER);
        try {
            makeAnew(spec.nodeRoot(), spec.folder());
            PrivateFiles.createOne(workingFolder);
        } catch (IOException e) {
            String code = DiskFull.isBehind(e) ? "DiskFull" : "ResourceDirectoryCreateFailed";
            return Optional.of(FailureInfo.of(code, "the task's folder could not be made: " + e));
        }
        try {
            for (ResourceFile file : spec.resourceFiles()) {
                tools.transfer().fetch(file, workingFolder);
            }
            for (ContainerFiles files : spec.containers()) {
                tools.transfer().fetch(files, workingFolder);
            }
        } catch (NodeTransfer.TransferFailed e) {
            return Optional.of(e.failure());
        }
        return Optional.empty();
    }

    /** Makes an empty folder; most often nothing is there yet, and that costs one call. */
    private static void makeAnew(Path nodeRoot, Path folder) throws IOException {
        try {
            PrivateFiles.createOne(folder);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(nodeRoot)) {
                // Somebody has deleted the node's folder, and the engine has to learn of it.
                throw e;
            }
            PrivateFiles.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            NodeFolder.deleteTree(folder);
            PrivateFiles.createOne(folder);
        }
    }

    private WorkOutcome upload(int exitCode) throws InterruptedException {
        List<OutputFile> wanted = spec.outputFiles().stream()
                .filter(output -> isWanted(output, exitCode))
                .toList();
        if (wanted.isEmpty()) {
            return new WorkOutcome.Exited(exitCode);
        }
        listener.uploading();
        Optional<FailureInfo> refused = disturbance.uploadFailure();
        if (refused.isPresent()) {
            return new WorkOutcome.UploadFailed(exitCode, refused.get());
        }
        try {
            for (OutputFile output : wanted) {
                uploadMatches(output);
            }
        } catch (NodeTransfer.TransferFailed e) {
            return new WorkOutcome.UploadFailed(exitCode, e.failure());
        } catch (IOException | UncheckedIOException | InvalidPathException | BatchException e) {
            return new WorkOutcome.UploadFailed(
                    exitCode, FailureInfo.of("FileUploadMiscError", String.valueOf(e.getMessage())));
        }
        return new WorkOutcome.Exited(exitCode);
    }

    private boolean isWanted(OutputFile output, int exitCode) {
        if (exitCode != 0 && !spec.uploadsAfterFailure()) {
            return false;
        }
        return switch (output.condition()) {
            case SUCCESS -> exitCode == 0;
            case FAILURE -> exitCode != 0;
            case COMPLETION -> true;
        };
    }

    private void uploadMatches(OutputFile output)
            throws IOException, NodeTransfer.TransferFailed, InterruptedException {
        OutputPattern pattern = new OutputPattern(output.pattern());
        for (OutputPattern.Match match : pattern.matches(spec.folder())) {
            String name = output.path();
            if (name.isEmpty()) {
                name = match.relativePath();
            } else if (pattern.hasWildcard()) {
                name = name.endsWith("/") ? name + match.relativePath() : name + "/" + match.relativePath();
            }
            tools.transfer().upload(match.file(), output, name);
        }
    }
}
