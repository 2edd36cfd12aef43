package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.FailureInfo;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.Work;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.state.NodeRecord;
import io.twinbatch.local.state.PoolRecord;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The life of pools and their nodes: ordered, started, resized, removed. */
final class PoolControl {
    private static final int MAX_REMOVED_NODES = 100;

    private final EngineState state;
    private final TaskControl tasks;
    private final NodeHost host;
    private final EngineLoop loop;
    private final Clock clock;

    PoolControl(EngineState state, TaskControl tasks, NodeHost host, EngineLoop loop, Clock clock) {
        this.state = state;
        this.tasks = tasks;
        this.host = host;
        this.loop = loop;
        this.clock = clock;
    }

    void create(PoolSpec spec) {
        if (state.pools().containsKey(Keys.of(spec.id()))) {
            throw new BatchException(ErrorCode.ALREADY_EXISTS, "pool " + spec.id(), "a pool of that id exists");
        }
        PoolEntry pool = state.addPool(new PoolRecord(spec, false, clock.instant(), 0));
        addNodes(pool, spec.dedicatedNodes(), true);
        addNodes(pool, spec.spotNodes(), false);
    }

    private void addNodes(PoolEntry pool, int count, boolean dedicated) {
        for (int i = 0; i < count; i++) {
            PoolRecord record = pool.record();
            int number = record.nodesMade() + 1;
            state.update(pool, new PoolRecord(record.spec(), record.deleting(), record.created(), number));
            NodeId id = new NodeId("tvm-" + number + (dedicated ? "-d" : "-p"));
            NodeEntry node = state.addNode(
                    pool,
                    new NodeRecord(pool.id(), id, dedicated, NodeState.STARTING, clock.instant(), Optional.empty()));
            startNode(node);
        }
    }

    /** Has a node made ready: its folders, then its start task. */
    void startNode(NodeEntry node) {
        NodeFolder folder = host.folder(node.record().pool(), node.record().id());
        state.afterwards(() -> host.elsewhere(() -> {
            try {
                folder.create();
                loop.post(() -> foldersMade(node));
            } catch (java.io.IOException e) {
                loop.post(() -> unusable(node, e));
            }
        }));
    }

    /** Whether what the start task of a node made is still there. */
    boolean hasFolders(NodeRecord node) {
        NodeFolder folder = host.folder(node.pool(), node.id());
        return Files.isDirectory(folder.startup()) && Files.isDirectory(folder.shared());
    }

    private void unusable(NodeEntry node, java.io.IOException failure) {
        if (node.isLeaving()) {
            return;
        }
        StartTaskResult result = new StartTaskResult(
                clock.instant(),
                Optional.of(clock.instant()),
                OptionalInt.empty(),
                Optional.of(FailureInfo.of("NodeFolderCreateFailed", "its folders could not be made: " + failure)),
                0);
        state.update(node, node.record().in(NodeState.UNUSABLE, clock.instant()).withStartTask(result));
    }

    private void foldersMade(NodeEntry node) {
        if (node.isLeaving()) {
            return;
        }
        Optional<StartTask> task = node.pool().record().spec().startTask();
        if (task.isEmpty()) {
            state.update(node, node.record().in(NodeState.IDLE, clock.instant()));
            return;
        }
        runStartTask(node, task.get(), 0);
    }

    private void runStartTask(NodeEntry node, StartTask task, int retries) {
        Instant now = clock.instant();
        StartTaskResult running =
                new StartTaskResult(now, Optional.empty(), OptionalInt.empty(), Optional.empty(), retries);
        NodeRecord waiting = node.record().in(NodeState.WAITING_FOR_START_TASK, now);
        state.update(node, waiting.withStartTask(running));
        Work work = host.startTask(node.record(), task);
        node.startTask(Optional.of(work));
        state.afterwards(() ->
                host.runAndKeep(work, outcome -> loop.post(() -> startTaskEnded(node, task, work, running, outcome))));
    }

    private void startTaskEnded(
            NodeEntry node, StartTask task, Work work, StartTaskResult running, WorkOutcome outcome) {
        node.startTask(Optional.empty());
        StartTaskResult result = result(running, outcome);
        if (result.failure().isEmpty()) {
            node.startedBy(work);
        } else {
            host.forget(work);
        }
        if (node.isLeaving()) {
            return;
        }
        if (outcome instanceof WorkOutcome.Exited exited
                && exited.exitCode() != 0
                && running.retries() < task.maxRetries()) {
            runStartTask(node, task, running.retries() + 1);
            return;
        }
        NodeState next = result.failure().isEmpty() ? NodeState.IDLE : NodeState.START_TASK_FAILED;
        state.update(node, node.record().in(next, clock.instant()).withStartTask(result));
    }

    private StartTaskResult result(StartTaskResult running, WorkOutcome outcome) {
        OptionalInt exitCode = OptionalInt.empty();
        Optional<FailureInfo> failure = Optional.empty();
        if (outcome instanceof WorkOutcome.Exited exited) {
            exitCode = OptionalInt.of(exited.exitCode());
            if (exited.exitCode() != 0) {
                failure = Optional.of(
                        FailureInfo.of("FailureExitCode", "the start task ended with exit code " + exited.exitCode()));
            }
        } else if (outcome instanceof WorkOutcome.CouldNotStart notStarted) {
            failure = Optional.of(notStarted.failure());
        } else {
            failure = Optional.of(FailureInfo.of("TaskEnded", "the start task was ended"));
        }
        return new StartTaskResult(
                running.started(), Optional.of(clock.instant()), exitCode, failure, running.retries());
    }

    void resize(PoolId id, int dedicated, int spot) {
        PoolSpec.requireNodeCounts(id, dedicated, spot);
        PoolEntry pool = state.pool(id);
        requireSteady(pool);
        setTargets(pool, dedicated, spot);
        adjust(pool, true, dedicated);
        adjust(pool, false, spot);
    }

    private static void requireSteady(PoolEntry pool) {
        if (pool.state() != PoolState.STEADY) {
            throw new BatchException(
                    ErrorCode.CONFLICT, "pool " + pool.id(), "it is being resized or deleted; try again when it rests");
        }
    }

    private void setTargets(PoolEntry pool, int dedicated, int spot) {
        PoolRecord record = pool.record();
        PoolSpec spec = record.spec();
        PoolSpec resized = new PoolSpec(
                spec.id(),
                spec.vmSize(),
                spec.image(),
                dedicated,
                spot,
                spec.slotsPerNode(),
                spec.startTask(),
                spec.idlePolicy(),
                spec.metadata());
        state.update(pool, new PoolRecord(resized, record.deleting(), record.created(), record.nodesMade()));
    }

    void updateMetadata(PoolId id, Map<String, String> metadata) {
        PoolEntry pool = state.pool(id);
        PoolRecord record = pool.record();
        if (record.deleting()) {
            throw new BatchException(ErrorCode.CONFLICT, "pool " + id, "it is being deleted");
        }
        PoolSpec spec = record.spec().withMetadata(metadata);
        state.update(pool, new PoolRecord(spec, record.deleting(), record.created(), record.nodesMade()));
    }

    private void adjust(PoolEntry pool, boolean dedicated, int target) {
        List<NodeEntry> present = pool.nodes().values().stream()
                .filter(node -> node.record().dedicated() == dedicated)
                // Nodes that do nothing go first.
                .sorted(Comparator.comparingInt(node -> node.assignments().size()))
                .toList();
        if (present.size() < target) {
            addNodes(pool, target - present.size(), dedicated);
        }
        present.stream().limit(Math.max(0, present.size() - target)).forEach(this::leave);
    }

    void removeNodes(PoolId id, Set<NodeId> nodes) {
        if (nodes.isEmpty() || nodes.size() > MAX_REMOVED_NODES) {
            throw new BatchException(
                    ErrorCode.INVALID, "pool " + id, "1 to 100 nodes are removed at once, not " + nodes.size());
        }
        PoolEntry pool = state.pool(id);
        requireSteady(pool);
        List<NodeEntry> leaving = new ArrayList<>();
        for (NodeId node : nodes) {
            NodeEntry entry = pool.nodes().get(node);
            if (entry == null) {
                throw new BatchException(
                        ErrorCode.NOT_FOUND, "node " + node + " of pool " + id, "there is no such node");
            }
            leaving.add(entry);
        }
        int dedicated =
                (int) leaving.stream().filter(node -> node.record().dedicated()).count();
        PoolSpec spec = pool.record().spec();
        setTargets(
                pool,
                Math.max(0, spec.dedicatedNodes() - dedicated),
                Math.max(0, spec.spotNodes() - (leaving.size() - dedicated)));
        leaving.forEach(this::leave);
    }

    boolean delete(PoolId id) {
        PoolEntry pool = state.pools().get(Keys.of(id));
        if (pool == null || pool.record().deleting()) {
            return false;
        }
        PoolRecord record = pool.record();
        state.update(pool, new PoolRecord(record.spec(), true, record.created(), record.nodesMade()));
        pool.nodes().values().forEach(this::leave);
        removeIfEmpty(pool);
        return true;
    }

    private void leave(NodeEntry node) {
        state.update(node, node.record().in(NodeState.LEAVING, clock.instant()));
        state.leavingNodes().add(node);
        node.startTask().ifPresent(this::endWork);
        node.releases().forEach(this::endWork);
        node.preparations().values().stream()
                .filter(preparation -> preparation.state() == Preparation.State.RUNNING)
                .forEach(preparation -> endWork(preparation.work()));
        List.copyOf(node.assignments().values()).forEach(assignment -> tasks.end(assignment, EndReason.NODE_LEAVING));
    }

    private void endWork(Work work) {
        state.afterwards(() -> host.elsewhere(() -> work.end(EndReason.NODE_LEAVING)));
    }

    /** Lets those nodes go on which nothing runs any more. */
    void settle() {
        for (NodeEntry node : List.copyOf(state.leavingNodes())) {
            if (node.isEmpty()) {
                state.leavingNodes().remove(node);
                remove(node);
            }
        }
    }

    private void remove(NodeEntry node) {
        state.remove(node);
        node.preparations().values().forEach(preparation -> host.forget(preparation.work()));
        node.startedBy().ifPresent(host::forget);
        NodeFolder folder = host.folder(node.record().pool(), node.record().id());
        state.afterwards(() -> host.discard(folder.root()));
        removeIfEmpty(node.pool());
    }

    private void removeIfEmpty(PoolEntry pool) {
        if (pool.record().deleting() && pool.nodes().isEmpty()) {
            state.remove(pool);
            state.afterwards(() -> host.discard(host.folder(pool.id())));
        }
    }
}
