package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.local.application.ApplicationPackages;
import io.twinbatch.local.application.PackageInstaller;
import io.twinbatch.local.container.ContainerEngine;
import io.twinbatch.local.engine.host.NodeFolders;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.host.NodeThreads;
import io.twinbatch.local.engine.host.TaskTokens;
import io.twinbatch.local.engine.host.WorkFactory;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeEnvironment;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.NodeServices;
import io.twinbatch.local.node.NodeStorage;
import io.twinbatch.local.node.NodeTransfer;
import io.twinbatch.local.node.ProcessLauncher;
import io.twinbatch.local.node.ProcessLedger;
import io.twinbatch.local.node.ProcessTree;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.store.ChangeSet;
import io.twinbatch.local.store.EngineStore;
import io.twinbatch.local.store.StateFolder;
import io.twinbatch.local.store.StoredState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local engine over a state folder: it continues where the previous one stopped or
 * died, and leaves no process behind when it is closed.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int STRAYS_SECONDS = 1;
    private static final int SCHEDULES_SECONDS = 1;
    private static final int TALKATIVE_SECONDS = 1;
    private static final int OLD_FOLDERS_SECONDS = 60;
    private static final int CLOSING_SECONDS = 20;

    /** How long an idle thread is kept. It takes the place of a process where the number of these is limited. */
    private static final int IDLE_THREAD_SECONDS = 1;

    private final EngineStore store;
    private final EngineState state = new EngineState();
    private final EngineView view = new EngineView();
    private final ExecutorService threads;
    private final ExecutorService deleting;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final ProcessTree processes;
    private final ProcessLedger ledger;
    private final ContainerEngine containers;
    private final NodeStorage storage;
    private final TaskTokens tokens = new TaskTokens();
    private final ApplicationPackages applications;
    private final EngineLoop loop;
    private final NodeFolders folders;
    private final NodeHost host;
    private final TaskProgress progress;
    private final TaskControl tasks;
    private final NodeControl nodes;
    private final PoolControl pools;
    private final JobControl jobs;
    private final ScheduleControl schedules;
    private final EngineCommands orders;
    private final Scheduler scheduler;
    private final Housekeeping housekeeping;

    private Engine(
            StateFolder folder,
            EngineStore store,
            ProcessLedger ledger,
            Map<String, String> environment,
            EngineSettings settings,
            Clock clock) {
        this.applications = settings.applications();
        this.storage = settings.account().storage();
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                action -> daemon(action, "twinbatch-node"));
        deleting = Executors.newSingleThreadExecutor(action -> daemon(action, "twinbatch-deleting"));
        timer = Executors.newSingleThreadScheduledExecutor(action -> daemon(action, "twinbatch-timer"));
        processes = new ProcessTree(store.engineId());
        loop = new EngineLoop(new Committer());
        containers =
                new ContainerEngine(environment, store.engineId(), folder.path().resolve("engine.containers"));
        FaultPlan faults = settings.faults();
        NodeServices tools = new NodeServices(
                new NodeTransfer(storage, Sleeper.REAL, clock),
                processes,
                ledger,
                ProcessLauncher.onThisMachine(),
                NodeServices.findSetsid(environment.getOrDefault("PATH", "")),
                settings.userSwitch(),
                timer,
                containers,
                new PackageInstaller(applications));
        NodeEnvironment variables =
                new NodeEnvironment(environment, Path.of(System.getProperty("java.home")), settings.account());
        folders = new NodeFolders(folder.nodes());
        host = new NodeHost(folders, tools, new NodeThreads(threads, timer), deleting, tokens);
        WorkFactory works = new WorkFactory(
                folders,
                variables,
                tools,
                faults,
                tokens,
                pool -> state.pools().get(RecordKeys.of(pool)).record().rules(),
                settings.users());
        Transitions transitions = new Transitions(settings.transitionTime(), loop, timer, clock);
        NodeJobTasks nodeTasks = new NodeJobTasks(state, host, works, loop, transitions, clock);
        progress = new TaskProgress(state, host, clock);
        MultiInstanceControl instances = new MultiInstanceControl(state, host, works, loop, nodeTasks, progress, clock);
        tasks = new TaskControl(state, host, works, loop, nodeTasks, progress, instances, clock);
        nodes = new NodeControl(state, tasks, host, works, loop, transitions, clock);
        pools = new PoolControl(state, nodes, host, faults, transitions, clock);
        jobs = new JobControl(state, tasks, nodeTasks, pools, host, loop, timer, transitions, clock);
        Submission submission = new Submission(state, applications, clock);
        schedules = new ScheduleControl(state, jobs, pools, submission, transitions, clock);
        Controls controls = new Controls(
                pools,
                nodes,
                new NodeUsers(state),
                jobs,
                submission,
                new TaskCommands(state, tasks, progress, clock),
                schedules);
        orders = new EngineCommands(loop, state, controls, containers, applications);
        scheduler = new Scheduler(state, tasks, new NodeLossInjection(faults, nodes, loop, timer));
        housekeeping = new Housekeeping(state, progress, nodes, host, processes, clock);
    }

    private static Thread daemon(Runnable action, String name) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Opens the engine of a state folder, and continues where it was.
     *
     * @param folder the state folder, taken; its owner releases it after this engine is closed
     * @param environment the variables of this process; a few of them reach the tasks
     * @param clock gives the time
     * @throws BatchException {@code CONFLICT} when the records are of another version; {@code UNKNOWN} when they are
     *     damaged; {@code QUOTA} or {@code UNAVAILABLE} when the disk refuses
     */
    public static Engine open(StateFolder folder, Map<String, String> environment, Clock clock) {
        return open(folder, environment, EngineSettings.DEFAULT, clock);
    }

    /**
     * Opens the engine of a state folder with settings.
     *
     * @param folder the state folder, taken
     * @param environment the variables of this process; a few of them reach the tasks
     * @param settings what it is opened with
     * @param clock gives the time
     * @throws BatchException as {@link #open(StateFolder, Map, Clock)} does
     */
    public static Engine open(
            StateFolder folder, Map<String, String> environment, EngineSettings settings, Clock clock) {
        EngineStore store = EngineStore.open(folder);
        ProcessLedger ledger;
        try {
            ledger = openLedger(folder);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        Engine engine = new Engine(folder, store, ledger, environment, settings, clock);
        try {
            engine.start();
        } catch (RuntimeException | OutOfMemoryError e) {
            engine.close();
            throw e;
        }
        return engine;
    }

    private static ProcessLedger openLedger(StateFolder folder) {
        Path file = folder.path().resolve("engine.processes");
        try {
            ProcessLedger ledger = ProcessLedger.open(file);
            // What an engine that died has left running would disturb the same tasks when they run again.
            int killed = ledger.killLeft();
            LOG.debug("{} processes of an engine before were running", killed);
            return ledger;
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNAVAILABLE,
                    "state folder " + folder.path(),
                    file.getFileName() + " in it cannot be read or written: " + FailureReason.of(e),
                    e);
        }
    }

    private void start() {
        StoredState stored = store.read();
        // As with the ledger's: they would disturb the same tasks when they run again.
        processes.killMarked(workId -> true);
        containers.removeLeftIfMarked();
        // Before the loop begins: what cannot be recovered in full must not be kept.
        view.publish(new Recovery(state, nodes, progress, jobs, clock).recover(stored));
        loop.start();
        loop.run(() -> {});
        host.emptyTrash();
        every(STRAYS_SECONDS, () -> host.elsewhere(housekeeping::endStrays));
        every(TALKATIVE_SECONDS, () -> host.elsewhere(housekeeping::endTalkative));
        // Every command also checks the schedules.
        every(SCHEDULES_SECONDS, () -> loop.post(housekeeping::restoreFolders));
        every(OLD_FOLDERS_SECONDS, () -> loop.post(housekeeping::deleteOldFolders));
    }

    /** Has something done again and again until this engine is closed. It must not take long. */
    public void everySecond(Runnable action) {
        every(1, () -> host.elsewhere(action));
    }

    private void every(int seconds, Runnable action) {
        // The future that this returns only serves to cancel, and close() cancels everything.
        var unused = timer.scheduleWithFixedDelay(action, seconds, seconds, TimeUnit.SECONDS);
    }

    /** Settles the state, has work done, and keeps and shows what has changed. */
    private final class Committer implements EngineLoop.Committer {
        @Override
        public ChangeSet settle() {
            jobs.settle();
            schedules.settle();
            pools.settle();
            scheduler.placeTasks();
            // Work may begin before its record is kept: after a crash the task is still queued, and the next engine
            // ends what was begun before it begins again.
            state.takeEffects().forEach(Runnable::run);
            return state.takeChanges();
        }

        @Override
        public void keep(List<ChangeSet> changes) {
            store.save(changes);
            changes.forEach(view::publish);
        }

        @Override
        public void failed(BatchException failure) {
            endAllWork();
        }
    }

    /** The state as of the last commit. */
    public EngineView view() {
        return view;
    }

    /** Where the folders of nodes are. */
    public NodeFolders nodeFolders() {
        return folders;
    }

    /** Runs tasks in containers. */
    public ContainerEngine containers() {
        return containers;
    }

    /** The tokens of tasks that run. */
    public TaskTokens tokens() {
        return tokens;
    }

    /** The storage account of the account. */
    public NodeStorage storage() {
        return storage;
    }

    /** The application packages of the account. */
    public ApplicationPackages applications() {
        return applications;
    }

    /** The folder of a node. */
    public NodeFolder nodeFolder(PoolId pool, NodeId node) {
        return host.folder(pool, node);
    }

    /** What can be ordered. */
    public EngineCommands orders() {
        return orders;
    }

    private void endAllWork() {
        host.endAll(EndReason.ENGINE_CLOSING);
        processes.killMarked(workId -> true);
    }

    /**
     * Ends all work and keeps the state as it is. Tasks that were running run again when the
     * engine is opened the next time.
     */
    @Override
    public void close() {
        timer.shutdownNow();
        loop.close();
        endAllWork();
        threads.shutdown();
        deleting.shutdown();
        try {
            threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
            // What is not deleted by then, the next engine deletes.
            deleting.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        processes.killMarked(workId -> true);
        containers.close();
        close(ledger);
        store.close();
    }

    private static void close(ProcessLedger ledger) {
        try {
            ledger.close();
        } catch (IOException e) {
            LOG.warn("The list of processes could not be closed: {}", FailureReason.of(e));
        }
    }
}
