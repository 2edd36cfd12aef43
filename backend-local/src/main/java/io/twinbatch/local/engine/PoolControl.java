package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.model.EngineErrors;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.PoolEntry;
import io.twinbatch.local.engine.model.PoolSize;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.record.AutoScale;
import io.twinbatch.local.record.PoolAllocation;
import io.twinbatch.local.record.PoolHistory;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.PoolRules;
import io.twinbatch.local.record.RecordKeys;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The life of pools: made, changed, resized, deleted. */
final class PoolControl {
    private final EngineState state;
    private final NodeControl nodes;
    private final NodeHost host;
    private final FaultPlan faults;
    private final Transitions transitions;
    private final Clock clock;

    PoolControl(
            EngineState state,
            NodeControl nodes,
            NodeHost host,
            FaultPlan faults,
            Transitions transitions,
            Clock clock) {
        this.state = state;
        this.nodes = nodes;
        this.host = host;
        this.faults = faults;
        this.transitions = transitions;
        this.clock = clock;
    }

    void create(PoolSpec spec, PoolRules rules) {
        requireFree(spec.id());
        PoolRecord record = PoolRecord.created(spec, rules, clock.instant());
        ContainerRules.requireStartTask(record);
        PoolEntry pool = state.addPool(record.with(begun()));
        state.movingPools().add(pool);
        grant(pool, spec.dedicatedNodes(), true);
        grant(pool, spec.spotNodes(), false);
        bringFirst(pool);
    }

    private void requireFree(PoolId id) {
        PoolEntry known = state.pools().get(RecordKeys.of(id));
        if (known != null) {
            throw EngineErrors.idInUse("pool", id.value(), known.record().deleting(), "PoolBeingDeleted");
        }
    }

    /** A resize that begins, or that is over at once. */
    private PoolAllocation begun() {
        return PoolAllocation.in(
                transitions.areInstant() ? PoolAllocation.Phase.STEADY : PoolAllocation.Phase.RESIZING);
    }

    private void grant(PoolEntry pool, int count, boolean dedicated) {
        Optional<FaultPlan.Shortage> shortage = count == 0
                ? Optional.empty()
                : faults.shortage(pool.id(), dedicated, count).or(() -> shortageOfRoom(count));
        int granted = shortage.map(FaultPlan.Shortage::granted).orElse(count);
        state.update(pool, pool.record().with(pool.record().allocation().coming(granted, dedicated)));
        shortage.ifPresent(fewer -> {
            PoolHistory history = pool.record().history();
            List<ResizeError> errors = new ArrayList<>(history.resizeErrors());
            errors.add(fewer.error());
            state.update(pool, pool.record().with(history.allocated(clock.instant(), errors)));
        });
    }

    /** Has nodes join that were granted: one as soon as the resize begins, the others when it is half over. */
    private void bringFirst(PoolEntry pool) {
        int dedicated = pool.record().allocation().dedicatedToCome();
        int spot = pool.record().allocation().spotToCome();
        if (transitions.areInstant()) {
            bring(pool, dedicated, spot);
        } else if (dedicated > 0) {
            bring(pool, 1, 0);
        } else if (spot > 0) {
            bring(pool, 0, 1);
        }
    }

    private void bring(PoolEntry pool, int dedicated, int spot) {
        PoolAllocation left =
                pool.record().allocation().coming(-dedicated, true).coming(-spot, false);
        state.update(pool, pool.record().with(left));
        for (int i = 0; i < dedicated; i++) {
            nodes.join(pool, true);
        }
        for (int i = 0; i < spot; i++) {
            nodes.join(pool, false);
        }
    }

    /** Each node is a folder and takes up to 256 tasks at once; this machine has an end. */
    private Optional<FaultPlan.Shortage> shortageOfRoom(int count) {
        int present = state.pools().values().stream()
                .mapToInt(
                        pool -> pool.nodes().size() + pool.record().allocation().toCome())
                .sum();
        int granted = Math.max(0, Math.min(count, PoolSize.MAX_NODES - present));
        if (granted == count) {
            return Optional.empty();
        }
        ResizeError error = new ResizeError(
                "AccountCoreQuotaReached",
                "All pools of this machine have " + PoolSize.MAX_NODES
                        + " nodes together at most; make pools smaller, or" + " delete some");
        return Optional.of(new FaultPlan.Shortage(granted, error));
    }

    /** Changes what a pool asks for, but not how many nodes. Nodes that are there stay as they are. */
    void change(PoolId id, Precondition expected, PoolSpec spec, PoolRules rules) {
        PoolEntry pool = require(id, expected);
        if (pool.record().deleting()) {
            throw EngineErrors.conflict("PoolBeingDeleted", "pool " + id, "it is being deleted");
        }
        PoolSpec targets = pool.record().spec();
        PoolRecord changed = pool.record().with(spec, rules).withTargets(targets.dedicatedNodes(), targets.spotNodes());
        ContainerRules.requireStartTask(changed);
        state.update(pool, changed.with(changed.history().modified(clock.instant())));
    }

    void resize(PoolId id, Precondition expected, int dedicated, int spot, RunningTaskPolicy how) {
        PoolSpec.requireNodeCounts(id, dedicated, spot);
        PoolEntry pool = require(id, expected);
        requireSteady(pool);
        requireManual(pool);
        setTargets(pool, dedicated, spot, true);
        adjust(pool, dedicated, spot, how);
    }

    /** Lets a formula decide how many nodes a pool has, or nobody but its clients. */
    void scale(PoolId id, Precondition expected, Optional<AutoScale> formula) {
        PoolEntry pool = require(id, expected);
        requireSteady(pool);
        PoolRecord record = pool.record();
        PoolRecord scaled = record.with(record.spec(), record.rules().with(formula));
        state.update(pool, scaled.with(record.history().modified(clock.instant())));
    }

    /** Keeps how a formula was evaluated, and follows it unless nodes are coming or going. */
    void follow(PoolId id, String formula, AutoScale.Run run, PoolSize size, RunningTaskPolicy how) {
        PoolEntry pool = state.pools().get(RecordKeys.of(id));
        Optional<AutoScale> present =
                pool == null ? Optional.empty() : pool.record().rules().autoScale();
        if (present.filter(scale -> scale.formula().equals(formula)).isEmpty()) {
            return;
        }
        PoolRecord record = pool.record();
        state.update(
                pool,
                record.with(
                        record.spec(),
                        record.rules().with(Optional.of(present.get().ran(run)))));
        boolean same = size.dedicated() == record.spec().dedicatedNodes()
                && size.spot() == record.spec().spotNodes();
        if (run.error().isEmpty() && !same && pool.canChangeSize()) {
            setTargets(pool, size.dedicated(), size.spot(), false);
            adjust(pool, size.dedicated(), size.spot(), how);
        }
    }

    /** Breaks a resize off: nodes stay on which nothing was ended, and no further ones join. */
    void stopResize(PoolId id, Precondition expected) {
        PoolEntry pool = require(id, expected);
        boolean stopping = pool.record().allocation().phase() == PoolAllocation.Phase.STOPPING;
        if (stopping || pool.state() != PoolState.RESIZING) {
            throw EngineErrors.conflict("PoolNotResizing", "pool " + id, "it is not being resized");
        }
        pool.nodes().values().stream().filter(NodeEntry::isLeaving).toList().forEach(nodes::stay);
        long dedicated = staying(pool, true);
        long spot = staying(pool, false);
        setTargets(pool, (int) dedicated, (int) spot, true);
        PoolHistory history = pool.record().history();
        List<ResizeError> errors = List.of(new ResizeError(
                "ResizeStopped",
                "Desired number of nodes could not be " + "reached because the resize was stopped by the user"));
        PoolAllocation.Phase next =
                transitions.areInstant() ? PoolAllocation.Phase.STEADY : PoolAllocation.Phase.STOPPING;
        state.update(
                pool,
                pool.record().with(history.allocated(clock.instant(), errors)).with(PoolAllocation.in(next)));
    }

    private static long staying(PoolEntry pool, boolean dedicated) {
        return pool.nodes().values().stream()
                .filter(node -> node.record().dedicated() == dedicated && !node.isLeaving())
                .count();
    }

    private PoolEntry require(PoolId id, Precondition expected) {
        PoolEntry pool = state.pool(id);
        expected.require("pool " + id, pool.record().history().lastModified());
        if (pool.record().deleting()) {
            throw EngineErrors.conflict(
                    "PoolBeingDeleted", "pool " + id, "it is being resized or deleted; try again when it rests");
        }
        return pool;
    }

    private static void requireSteady(PoolEntry pool) {
        if (pool.state() != PoolState.STEADY) {
            throw EngineErrors.conflict(
                    "PoolBeingResized", "pool " + pool.id(), "it is being resized or deleted; try again when it rests");
        }
    }

    private static void requireManual(PoolEntry pool) {
        if (pool.record().rules().autoScale().isPresent()) {
            throw EngineErrors.conflict(
                    "OperationInvalidForCurrentState", "pool " + pool.id(), "a formula decides about its size");
        }
    }

    private void setTargets(PoolEntry pool, int dedicated, int spot, boolean byClient) {
        PoolHistory history = pool.record().history().allocated(clock.instant(), List.of());
        state.update(
                pool,
                pool.record()
                        .withTargets(dedicated, spot)
                        .with(byClient ? history.modified(clock.instant()) : history)
                        .with(begun()));
        state.movingPools().add(pool);
    }

    private void adjust(PoolEntry pool, int dedicated, int spot, RunningTaskPolicy how) {
        adjust(pool, true, dedicated, how);
        adjust(pool, false, spot, how);
        bringFirst(pool);
    }

    private void adjust(PoolEntry pool, boolean dedicated, int target, RunningTaskPolicy how) {
        List<NodeEntry> present = pool.nodes().values().stream()
                .filter(node -> node.record().dedicated() == dedicated && !node.isLeaving())
                // Nodes that do nothing go first.
                .sorted(Comparator.comparingInt(node -> node.assignments().size()))
                .toList();
        if (present.size() < target) {
            grant(pool, target - present.size(), dedicated);
        }
        present.stream().limit(Math.max(0, present.size() - target)).forEach(node -> nodes.leave(node, how));
    }

    void removeNodes(PoolId id, Precondition expected, Set<NodeId> removed, RunningTaskPolicy how) {
        if (removed.isEmpty() || removed.size() > ComputePool.MAX_REMOVED_NODES) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "pool " + id,
                    "1 to " + ComputePool.MAX_REMOVED_NODES + " nodes are removed at once, not " + removed.size());
        }
        PoolEntry pool = require(id, expected);
        requireSteady(pool);
        List<NodeEntry> leaving = new ArrayList<>();
        for (NodeId node : removed) {
            leaving.add(state.node(id, node));
        }
        int dedicated =
                (int) leaving.stream().filter(node -> node.record().dedicated()).count();
        PoolSpec spec = pool.record().spec();
        setTargets(
                pool,
                Math.max(0, spec.dedicatedNodes() - dedicated),
                Math.max(0, spec.spotNodes() - (leaving.size() - dedicated)),
                true);
        leaving.forEach(node -> nodes.leave(node, how));
    }

    /** Has a pool go; false when there is none, or it is going already. */
    boolean delete(PoolId id, Precondition expected) {
        PoolEntry pool = state.pools().get(RecordKeys.of(id));
        if (pool == null || pool.record().deleting()) {
            return false;
        }
        expected.require("pool " + id, pool.record().history().lastModified());
        state.update(pool, pool.record().deleting(clock.instant()));
        pool.nodes().values().forEach(node -> nodes.leave(node, RunningTaskPolicy.REQUEUE));
        state.movingPools().add(pool);
        return true;
    }

    /** Has nodes come and go, and pools come to rest, or go with their last node. */
    void settle() {
        nodes.settle();
        for (PoolEntry pool : List.copyOf(state.movingPools())) {
            if (pool.record().deleting()) {
                removeIfEmpty(pool);
            } else {
                settle(pool);
            }
        }
    }

    private void settle(PoolEntry pool) {
        PoolHistory history = pool.record().history();
        PoolAllocation allocation = pool.record().allocation();
        if (allocation.toCome() > 0 && transitions.isHalfOver(history.allocationSince())) {
            bring(pool, allocation.dedicatedToCome(), allocation.spotToCome());
        }
        boolean quiet = pool.record().allocation().toCome() == 0 && !pool.hasLeavingNodes();
        if (quiet && transitions.isOver(history.allocationSince())) {
            state.movingPools().remove(pool);
            PoolHistory rested = history.allocated(clock.instant(), history.resizeErrors());
            state.update(pool, pool.record().with(rested).with(PoolAllocation.STEADY));
        }
    }

    private void removeIfEmpty(PoolEntry pool) {
        boolean over = transitions.isOver(pool.record().history().stateSince());
        if (over && pool.nodes().isEmpty()) {
            state.movingPools().remove(pool);
            state.remove(pool);
            state.afterwards(() -> host.discard(host.folder(pool.id())));
        }
    }
}
