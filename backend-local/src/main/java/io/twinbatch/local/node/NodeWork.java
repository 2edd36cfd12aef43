package io.twinbatch.local.node;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.application.InstallationException;
import io.twinbatch.local.application.InstalledPackage;
import io.twinbatch.local.container.ContainerOrder;
import io.twinbatch.local.container.RunningContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A piece of work being done: its folder made ready, its files fetched, its process run to the end, its outputs
 * uploaded. {@link #run} does it on the calling thread; {@link #end} stops it from any other.
 */
public final class NodeWork {
    /** Hears that the process has ended and the uploads begin. */
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = () -> {};

        /** The process has ended and its outputs are being uploaded. */
        void uploading();
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeWork.class);

    private final WorkSpec spec;
    private final WorkFiles files;
    private final WorkUser user;
    private final NodeServices tools;
    private final Listener listener;
    private final InjectedFault disturbance;

    // Used by the thread that runs it alone.
    private boolean prepared;
    private List<InstalledPackage> packages = List.of();
    private OptionalLong firstRefusal = OptionalLong.empty();

    // Guarded by this.
    private Thread interruptible;
    private Process process;
    private OptionalInt ledgerPlace = OptionalInt.empty();
    private Optional<UsageMeter> meter = Optional.empty();
    private EndReason ended;

    /**
     * Work to be done.
     *
     * @param tools what it is done with
     * @param listener hears how far it has come
     */
    public NodeWork(WorkSpec spec, NodeServices tools, Listener listener) {
        this(spec, tools, listener, InjectedFault.NONE);
    }

    /**
     * Work to be done, with what is to go wrong on purpose.
     *
     * @param tools what it is done with
     * @param listener hears how far it has come
     */
    public NodeWork(WorkSpec spec, NodeServices tools, Listener listener, InjectedFault disturbance) {
        this.spec = spec;
        this.files = new WorkFiles(spec, tools.transfer());
        this.user = new WorkUser(spec, tools);
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
            meter.ifPresent(UsageMeter::look);
            if (interruptible != null) {
                interruptible.interrupt();
            }
        }
        if (running != null) {
            tools.processes().kill(running, spec.id());
        }
    }

    /** What its processes used, after their end; empty when that is not known. */
    public synchronized Optional<TaskUsage> usage() {
        return meter.flatMap(UsageMeter::usage);
    }

    /** Whether {@link #end} has been called, so that it does nothing any more. */
    public synchronized boolean isEnded() {
        return ended != null;
    }

    /** Ends it when its process has written more than it may to its standard output or error. */
    public void endWhenTalkative() {
        if (files.areTooLong()) {
            end(EndReason.OUTPUT_LIMIT);
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
                files.cut();
            }
            return Optional.of(outcome);
        } catch (InterruptedException e) {
            // Only end() interrupts this thread, and it has left the reason.
            return Optional.of(endedOutcome().orElseGet(() -> new WorkOutcome.Ended(EndReason.TERMINATED)));
        } catch (TaskProcess.NotStarted e) {
            return ProcessLimit.isBehind(e) ? waitForRoom(e.failure()) : couldNotStart(e.failure());
        } catch (OutOfMemoryError e) {
            // Most often it is no memory that is missing, but room for a further thread.
            return waitForRoom(
                    FailureInfo.of("ProcessLimitReached", "the node has no room for it: " + FailureReason.of(e)));
        } catch (RuntimeException e) {
            // A task that never ends would be worse. The message may hold what has to stay secret, and is left out.
            LOG.warn("{} failed at {}", spec.folder(), e.getStackTrace()[0]);
            return couldNotStart(
                    FailureInfo.of("InternalError", "the node failed to run it; what the engine logs says where"));
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
        if (spec.container().isPresent()) {
            int exitCode = runIn(spec.container().get());
            return interruptibly(() -> upload(exitCode));
        }
        Optional<Integer> exitCode;
        try {
            exitCode = new TaskProcess(user.launcher())
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

    /** Runs it in a container. Whoever ends it interrupts the wait, and with it the container. */
    private int runIn(TaskContainer container) throws InterruptedException, TaskProcess.NotStarted {
        Path workingFolder = spec.folder().resolve(NodeFolder.WORKING_FOLDER);
        try {
            ContainerOrder order = new ContainerOrder(
                    spec.id(),
                    container,
                    CommandLine.split(spec.commandLine()),
                    environment(),
                    spec.nodeRoot(),
                    workingFolder,
                    spec.folder().resolve(TaskFile.STDOUT),
                    spec.folder().resolve(TaskFile.STDERR));
            return interruptibly(() -> {
                try (RunningContainer running = tools.containers().start(order)) {
                    measure(running);
                    return running.await();
                } finally {
                    stopMeasuring();
                }
            });
        } catch (BatchException e) {
            Optional<WorkOutcome> stopped = endedOutcome();
            if (stopped.isPresent()) {
                throw new InterruptedException("ended while the engine was asked");
            }
            throw new TaskProcess.NotStarted(FailureInfo.of("ContainerInvalidSettings", e.getMessage()), e);
        }
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
        Map<String, String> environment = new HashMap<>();
        packages.forEach(installed -> environment.putAll(installed.variables(spec.nodeRoot())));
        environment.putAll(spec.environment());
        environment.put(NodeEnvironment.WORK_ID, tools.processes().mark(spec.id()));
        return environment;
    }

    private synchronized Optional<WorkOutcome> endedOutcome() {
        return Optional.ofNullable(ended).map(WorkOutcome.Ended::new);
    }

    private synchronized Optional<Process> start(ProcessBuilder builder) throws IOException {
        if (ended != null) {
            return Optional.empty();
        }
        try {
            process = tools.starts().start(builder);
        } catch (OutOfMemoryError e) {
            // The JDK has no thread to watch the process with, which may run already, and is nobody's then.
            tools.processes().killMarked(spec.id()::equals);
            throw new IOException(e.getMessage(), e);
        }
        ledgerPlace = OptionalInt.of(tools.ledger().enter(process));
        meter = Optional.of(UsageMeter.of(process.toHandle(), tools.timer()));
        return Optional.of(process);
    }

    /** Measures a container by its processes, which are listed here when its engine runs on this machine's kernel. */
    private void measure(RunningContainer container) {
        if (!UsageMeter.IS_THERE) {
            return;
        }
        OptionalLong pid = container.firstProcess();
        if (pid.isPresent()) {
            Optional<ProcessHandle> first = tools.processes().find(pid.getAsLong(), spec.id());
            synchronized (this) {
                meter = first.map(found -> UsageMeter.of(found, tools.timer()));
                // It runs since before the engine has answered, and may be over soon.
                meter.ifPresent(UsageMeter::look);
            }
        }
    }

    private synchronized void stopMeasuring() {
        meter.ifPresent(UsageMeter::stop);
    }

    private synchronized void leaveLedger() {
        ledgerPlace.ifPresent(place -> {
            tools.ledger().leave(place);
            tools.starts().ended();
        });
        stopMeasuring();
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
        if (spec.start() instanceof FolderStart.Anew) {
            disturbance.delay();
        }
        Optional<FailureInfo> failure = files.bring();
        if (failure.isEmpty()) {
            failure = install();
        }
        return failure.isPresent() ? failure : user.handOver();
    }

    private Optional<FailureInfo> install() throws InterruptedException {
        try {
            packages = tools.packages().install(spec.nodeRoot(), spec.packages());
            return Optional.empty();
        } catch (InstallationException e) {
            if (isEnded()) {
                // Its end has interrupted the unpacking.
                throw new InterruptedException("ended while application packages were unpacked");
            }
            return Optional.of(FailureInfo.of("ApplicationPackageError", e.getMessage()));
        }
    }

    private WorkOutcome upload(int exitCode) throws InterruptedException {
        List<OutputFile> wanted = files.wanted(exitCode);
        if (wanted.isEmpty()) {
            return new WorkOutcome.Exited(exitCode);
        }
        listener.uploading();
        Optional<FailureInfo> failure = disturbance.uploadFailure();
        if (failure.isEmpty()) {
            failure = files.upload(wanted);
        }
        return failure.<WorkOutcome>map(reason -> new WorkOutcome.UploadFailed(exitCode, reason))
                .orElseGet(() -> new WorkOutcome.Exited(exitCode));
    }
}
