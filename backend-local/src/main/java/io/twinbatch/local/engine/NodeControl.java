package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.application.InstallationException;
import io.twinbatch.local.application.InstalledPackage;
import io.twinbatch.local.application.PackageReference;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.host.WorkFactory;
import io.twinbatch.local.engine.model.EngineErrors;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobPreparation;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.PoolEntry;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.NodeHistory;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of nodes: joined, started, held back, restarted, removed. */
final class NodeControl {
    private static final Logger LOG = LoggerFactory.getLogger(NodeControl.class);

    private final EngineState state;
    private final TaskControl tasks;
    private final NodeHost host;
    private final WorkFactory works;
    private final EngineLoop loop;
    private final Transitions transitions;
    private final Clock clock;

    NodeControl(
            EngineState state,
            TaskControl tasks,
            NodeHost host,
            WorkFactory works,
            EngineLoop loop,
            Transitions transitions,
            Clock clock) {
        this.state = state;
        this.tasks = tasks;
        this.host = host;
        this.works = works;
        this.loop = loop;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** Adds a node to a pool. */
    void join(PoolEntry pool, boolean dedicated) {
        state.update(pool, pool.record().withFurtherNode());
        NodeId id = new NodeId("tvm-" + pool.record().nodesMade() + (dedicated ? "-d" : "-p"));
        NodeRecord record = NodeRecord.joined(pool.id(), id, dedicated, freePlace(pool), clock.instant());
        if (transitions.areInstant()) {
            start(state.addNode(pool, record));
        } else {
            arrive(state.addNode(pool, record.with(record.history().inCreation())));
        }
    }

    /** Has a node made ready when the time is over that it takes to be created and to boot. */
    void arrive(NodeEntry node) {
        state.arrivingNodes().add(node);
    }

    private static int freePlace(PoolEntry pool) {
        BitSet taken = new BitSet();
        pool.nodes().values().forEach(node -> taken.set(node.record().access().place()));
        return taken.nextClearBit(0);
    }

    /** Has a node made ready: its folders, then its start task. */
    void start(NodeEntry node) {
        NodeFolder folder = host.folder(node.record().pool(), node.record().id());
        List<ContainerImage> images = node.pool().record().spec().containerImages();
        List<PackageReference> packages = node.pool().record().rules().applications();
        state.afterwards(() -> host.elsewhere(() -> {
            try {
                folder.create();
                host.fetch(images);
                List<InstalledPackage> installed = host.install(folder, packages);
                loop.post(() -> foldersMade(node, installed));
            } catch (IOException e) {
                String reason = "its folders could not be made: " + FailureReason.of(e);
                loop.post(() -> unusable(node, FailureInfo.of("NodeFolderCreateFailed", reason)));
            } catch (BatchException e) {
                loop.post(() -> unusable(node, FailureInfo.of("ContainerInvalidImage", e.getMessage())));
            } catch (InstallationException e) {
                loop.post(() -> unusable(node, FailureInfo.of("ApplicationPackageError", e.getMessage())));
            } catch (InterruptedException e) {
                // The engine is being closed.
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Whether what the start task of a node made is still there. */
    boolean hasFolders(NodeRecord node) {
        NodeFolder folder = host.folder(node.pool(), node.id());
        return Files.isDirectory(folder.startup()) && Files.isDirectory(folder.shared());
    }

    private void unusable(NodeEntry node, FailureInfo failure) {
        if (!node.isStarting()) {
            return;
        }
        StartTaskResult result = new StartTaskResult(
                clock.instant(), Optional.of(clock.instant()), OptionalInt.empty(), Optional.of(failure), 0);
        state.update(node, node.record().in(NodeState.UNUSABLE, clock.instant()).withStartTask(result));
    }

    private void foldersMade(NodeEntry node, List<InstalledPackage> packages) {
        if (!node.isStarting()) {
            return;
        }
        state.update(node, node.record().with(packages));
        Optional<StartTask> task = node.pool().record().spec().startTask();
        if (task.isEmpty()) {
            state.update(node, node.record().in(NodeState.IDLE, clock.instant()));
            return;
        }
        boolean gates = node.pool().record().rules().startTaskGates();
        NodeState next = gates ? NodeState.WAITING_FOR_START_TASK : NodeState.IDLE;
        state.update(node, node.record().in(next, clock.instant()));
        runStartTask(node, task.get(), 0);
    }

    private void runStartTask(NodeEntry node, StartTask task, int retries) {
        StartTaskResult running =
                new StartTaskResult(clock.instant(), Optional.empty(), OptionalInt.empty(), Optional.empty(), retries);
        state.update(node, node.record().withStartTask(running));
        NodeWork work =
                works.startTask(node.record(), task, node.pool().record().rules());
        node.startTask(Optional.of(work));
        state.afterwards(() ->
                host.runAndKeep(work, outcome -> loop.post(() -> startTaskEnded(node, task, work, running, outcome))));
    }

    private void startTaskEnded(
            NodeEntry node, StartTask task, NodeWork work, StartTaskResult running, WorkOutcome outcome) {
        node.startTask(Optional.empty());
        StartTaskResult result = result(running, outcome);
        if (result.failure().isEmpty()) {
            node.startedBy(work);
        } else {
            host.forget(work);
        }
        if (node.isLeaving() || node.isRestarting()) {
            return;
        }
        if (outcome.isNonZeroExit() && running.retries() < task.maxRetries()) {
            runStartTask(node, task, running.retries() + 1);
            return;
        }
        NodeRecord ended = node.record().withStartTask(result);
        if (ended.state() == NodeState.WAITING_FOR_START_TASK) {
            NodeState next = result.failure().isEmpty() ? NodeState.IDLE : NodeState.START_TASK_FAILED;
            ended = ended.in(next, clock.instant());
        }
        state.update(node, ended);
    }

    private StartTaskResult result(StartTaskResult running, WorkOutcome outcome) {
        return new StartTaskResult(
                running.started(),
                Optional.of(clock.instant()),
                outcome.code(),
                outcome.problem("the start task"),
                running.retries());
    }

    /** Has a node go as soon as nothing runs on it. */
    void leave(NodeEntry node, RunningTaskPolicy how) {
        boolean couldStay = isUndisturbedBy(how, node);
        state.update(node, node.record().in(NodeState.LEAVING, clock.instant()));
        state.leavingNodes().add(node);
        node.undisturbed(couldStay);
        quieten(node, how);
    }

    private static boolean isUndisturbedBy(RunningTaskPolicy how, NodeEntry node) {
        boolean tasksGoOn = how == RunningTaskPolicy.WAIT && !node.assignments().isEmpty();
        return node.record().state() == NodeState.IDLE && (tasksGoOn || node.isEmpty());
    }

    /** Has a node that was to leave stay, when nothing on it has been stopped for that. */
    void stay(NodeEntry node) {
        if (node.isUndisturbed()) {
            state.leavingNodes().remove(node);
            state.update(node, node.record().in(NodeState.IDLE, clock.instant()));
        }
    }

    /** Takes a node away without asking; its tasks are queued again. It does nothing any more until it is removed. */
    void lose(NodeEntry node, boolean preempted) {
        if (node.record().state().takesTasks()) {
            NodeState lost = preempted ? NodeState.PREEMPTED : NodeState.UNUSABLE;
            state.update(node, node.record().in(lost, clock.instant()));
            quieten(node, RunningTaskPolicy.REQUEUE);
        }
    }

    /** Has a node made ready from the beginning as soon as nothing runs on it. */
    void restart(NodeEntry node, NodeHistory.Restart kind, RunningTaskPolicy how) {
        requireUsable(node);
        NodeRecord record = node.record();
        Instant now = clock.instant();
        state.update(
                node, record.in(NodeState.STARTING, now).with(record.history().restarting(kind)));
        state.leavingNodes().add(node);
        quieten(node, how);
    }

    private static void requireUsable(NodeEntry node) {
        NodeState now = node.record().state();
        if (now == NodeState.UNUSABLE || now == NodeState.START_TASK_FAILED || now == NodeState.IDLE) {
            return;
        }
        String code = switch (now) {
            case STARTING ->
                node.isRestarting()
                        ? "NodeBeingRebooted"
                        : node.record().history().creating() ? "NodeBeingCreated" : "NodeBeingStarted";
            default -> "OperationInvalidForCurrentState";
        };
        throw EngineErrors.conflict(
                code, "node " + node.record().id() + " of pool " + node.pool().id(), "it is not ready");
    }

    /** Has those nodes made ready from the beginning whose folders somebody has deleted; their tasks are queued again. */
    void restoreFolders() {
        for (PoolEntry pool : state.pools().values()) {
            for (NodeEntry node : pool.nodes().values()) {
                if (node.record().state().takesTasks() && !host.hasFolder(node.record())) {
                    LOG.warn(
                            "The folder of node {} in pool {} was deleted; the node is made ready again",
                            node.record().id(),
                            pool.id());
                    node.folderLost(true);
                    restart(node, NodeHistory.Restart.REIMAGE, RunningTaskPolicy.REQUEUE);
                }
            }
        }
    }

    /** Forbids or allows a node to take tasks. */
    void schedule(NodeEntry node, boolean allowed, RunningTaskPolicy how) {
        NodeRecord record = node.record();
        if (record.history().schedulingDisabled() != allowed) {
            throw EngineErrors.conflict(
                    "NodeAlreadyInTargetSchedulingState",
                    "node " + record.id() + " of pool " + node.pool().id(),
                    allowed ? "it takes tasks already" : "it takes no tasks already");
        }
        if (!record.state().takesTasks()) {
            requireUsable(node);
        }
        state.update(node, record.with(record.history().schedulingDisabled(!allowed)));
        if (!allowed) {
            tasks.displace(new ArrayList<>(node.assignments().values()), how);
        }
    }

    private void quieten(NodeEntry node, RunningTaskPolicy how) {
        node.displacement(how);
        node.startTask().ifPresent(this::endWork);
        node.releases().forEach(this::endWork);
        if (how != RunningTaskPolicy.WAIT) {
            node.preparations().values().stream()
                    .filter(preparation -> preparation.state() == JobPreparation.State.RUNNING)
                    .forEach(preparation -> endWork(preparation.work()));
        }
        tasks.displace(List.copyOf(node.assignments().values()), how);
    }

    private void endWork(NodeWork work) {
        state.afterwards(() -> host.elsewhere(() -> work.end(EndReason.REQUEUED)));
    }

    /** Has nodes made ready whose time has come, and lets those go, or begin anew, on which nothing runs any more. */
    void settle() {
        List.copyOf(state.arrivingNodes()).forEach(this::settleArriving);
        for (NodeEntry node : List.copyOf(state.leavingNodes())) {
            if (!node.isEmpty() || !transitions.isOver(node.record().since())) {
                continue;
            }
            state.leavingNodes().remove(node);
            if (node.isLeaving()) {
                remove(node);
            } else {
                beginAnew(node);
            }
        }
    }

    /** One half of the time a node is being created, the other half it starts. */
    private void settleArriving(NodeEntry node) {
        if (!node.isStarting()) {
            state.arrivingNodes().remove(node);
            return;
        }
        if (!transitions.isHalfOver(node.record().since())) {
            return;
        }
        if (node.record().history().creating()) {
            state.update(node, node.record().restarted(clock.instant()));
        }
        if (transitions.isHalfOver(node.record().since())) {
            state.arrivingNodes().remove(node);
            start(node);
        }
    }

    private void beginAnew(NodeEntry node) {
        forgetWork(node);
        node.preparations().clear();
        boolean reimaged = node.record().history().restarting().equals(Optional.of(NodeHistory.Restart.REIMAGE));
        NodeFolder folder = host.folder(node.record().pool(), node.record().id());
        if (reimaged) {
            state.afterwards(() -> host.discard(folder.root()));
        }
        state.update(node, node.record().restarted(clock.instant()));
        node.folderLost(false);
        start(node);
    }

    private void forgetWork(NodeEntry node) {
        node.preparations().values().forEach(preparation -> host.forget(preparation.work()));
        node.startedBy().ifPresent(host::forget);
    }

    private void remove(NodeEntry node) {
        state.remove(node);
        PoolRecord pool = node.pool().record();
        state.update(node.pool(), pool.with(pool.history().left(node.record(), clock.instant())));
        forgetWork(node);
        NodeFolder folder = host.folder(node.record().pool(), node.record().id());
        state.afterwards(() -> host.discard(folder.root()));
    }
}
