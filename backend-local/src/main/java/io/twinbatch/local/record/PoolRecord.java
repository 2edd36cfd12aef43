package io.twinbatch.local.record;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import java.time.Instant;
import java.util.Optional;

/**
 * A pool as the engine keeps it.
 *
 * @param spec what was asked for; the node counts are the present targets
 * @param deleting whether its end has been ordered
 * @param created when it was created
 * @param nodesMade how many nodes it has ever had, for the names of the next ones
 * @param rules what was asked for beyond the specification
 * @param history what happened when
 * @param allocation how far it is with a resize
 */
public record PoolRecord(
        PoolSpec spec,
        boolean deleting,
        Instant created,
        int nodesMade,
        PoolRules rules,
        PoolHistory history,
        PoolAllocation allocation) {
    /** Completes a record that was written before there were rules, a history and resizes that take time. */
    public PoolRecord {
        rules = rules == null ? PoolRules.DEFAULT : rules;
        history = history == null ? PoolHistory.begun(created) : history;
        allocation = allocation == null ? PoolAllocation.STEADY : allocation;
    }

    /** A pool that has just been created. */
    public static PoolRecord created(PoolSpec spec, PoolRules rules, Instant now) {
        return new PoolRecord(spec, false, now, 0, rules, PoolHistory.begun(now), PoolAllocation.STEADY);
    }

    /**
     * Whether it is at rest.
     *
     * @param hasLeavingNodes whether nodes are to go that are still there
     */
    public PoolState state(boolean hasLeavingNodes) {
        if (deleting) {
            return PoolState.DELETING;
        }
        boolean allocating = allocation.phase() != PoolAllocation.Phase.STEADY;
        return allocating || hasLeavingNodes ? PoolState.RESIZING : PoolState.STEADY;
    }

    /** Whether its tasks run in containers; otherwise none does. */
    public boolean runsContainers() {
        return rules.runContainers(spec);
    }

    /**
     * Whether it has tasks run on several of its nodes at once. Otherwise such tasks wait (<a
     * href="https://learn.microsoft.com/azure/batch/batch-mpi#requirements-for-multi-instance-tasks">requirements</a>).
     */
    public boolean runsMultiInstanceTasks() {
        return rules.interNodeCommunication() && spec.slotsPerNode() == 1;
    }

    /** The same pool with one more node. */
    public PoolRecord withFurtherNode() {
        return new PoolRecord(spec, deleting, created, nodesMade + 1, rules, history, allocation);
    }

    /** The same pool with other targets. */
    public PoolRecord withTargets(int dedicated, int spot) {
        return new PoolRecord(
                spec.withNodes(dedicated, spot), deleting, created, nodesMade, rules, history, allocation);
    }

    /** The same pool whose end has been ordered. */
    public PoolRecord deleting(Instant now) {
        PoolRules manual = rules.with(Optional.empty());
        return new PoolRecord(
                withTargets(0, 0).spec(),
                true,
                created,
                nodesMade,
                manual,
                history.deleting(now),
                PoolAllocation.STEADY);
    }

    /** The same pool with another history. */
    public PoolRecord with(PoolHistory newHistory) {
        return new PoolRecord(spec, deleting, created, nodesMade, rules, newHistory, allocation);
    }

    /** The same pool that asks for something else. */
    public PoolRecord with(PoolSpec newSpec, PoolRules newRules) {
        return new PoolRecord(newSpec, deleting, created, nodesMade, newRules, history, allocation);
    }

    /** The same pool, otherwise on its way to its size. */
    public PoolRecord with(PoolAllocation newAllocation) {
        return new PoolRecord(spec, deleting, created, nodesMade, rules, history, newAllocation);
    }
}
