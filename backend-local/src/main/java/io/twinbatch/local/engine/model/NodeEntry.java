package io.twinbatch.local.engine.model;

import io.twinbatch.api.pool.NodeState;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.RecordKeys;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node with what it is doing. */
public final class NodeEntry {
    private final PoolEntry pool;
    private NodeRecord record;
    private int freeSlots;

    /** By the task's key with its job. */
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();

    /** By job. */
    private final Map<String, JobPreparation> preparations = new HashMap<>();

    /** Release tasks of jobs that have ended. */
    private final Set<NodeWork> releases = new LinkedHashSet<>();

    private Optional<NodeWork> startTask = Optional.empty();

    /** The start task that succeeded; what it has left running lives as long as the node. */
    private Optional<NodeWork> startedBy = Optional.empty();

    private RunningTaskPolicy displacement = RunningTaskPolicy.REQUEUE;
    private boolean undisturbed;
    private boolean folderLost;

    NodeEntry(PoolEntry pool, NodeRecord record) {
        this.pool = pool;
        this.record = record;
        this.freeSlots = pool.record().spec().slotsPerNode();
    }

    public PoolEntry pool() {
        return pool;
    }

    public NodeRecord record() {
        return record;
    }

    public void record(NodeRecord newRecord) {
        record = newRecord;
    }

    String key() {
        return RecordKeys.of(record.pool(), record.id());
    }

    public int freeSlots() {
        return freeSlots;
    }

    public Map<String, Assignment> assignments() {
        return assignments;
    }

    public void assign(Assignment assignment) {
        assignments.put(assignment.key(), assignment);
        freeSlots -= assignment.slots();
    }

    /** Takes a task off the node; false when it is not this assignment that the node has. */
    public boolean release(Assignment assignment) {
        if (!assignments.remove(assignment.key(), assignment)) {
            return false;
        }
        freeSlots += assignment.slots();
        return true;
    }

    public Map<String, JobPreparation> preparations() {
        return preparations;
    }

    public Set<NodeWork> releases() {
        return releases;
    }

    public Optional<NodeWork> startTask() {
        return startTask;
    }

    public void startTask(Optional<NodeWork> work) {
        startTask = work;
    }

    public Optional<NodeWork> startedBy() {
        return startedBy;
    }

    public void startedBy(NodeWork work) {
        startedBy = Optional.of(work);
    }

    public boolean takesTasks() {
        return record.state().takesTasks() && !record.history().schedulingDisabled() && !folderLost;
    }

    /** Notes whether somebody has deleted its folder. */
    public void folderLost(boolean lost) {
        folderLost = lost;
    }

    public boolean isRestarting() {
        return record.history().restarting().isPresent();
    }

    /** Whether it is being made ready and its start task has not begun. */
    public boolean isStarting() {
        return record.state() == NodeState.STARTING && !isRestarting();
    }

    /** What was decided about its tasks when it was last emptied. */
    public RunningTaskPolicy displacement() {
        return displacement;
    }

    public void displacement(RunningTaskPolicy how) {
        displacement = how;
    }

    /** Whether it could go on as it was, although it was to leave. */
    public boolean isUndisturbed() {
        return undisturbed;
    }

    /** Notes whether something on it was ended when its departure was ordered. */
    public void undisturbed(boolean nothingEnded) {
        undisturbed = nothingEnded;
    }

    public boolean isLeaving() {
        return record.state() == NodeState.LEAVING;
    }

    /** Whether nothing runs on it any more. */
    public boolean isEmpty() {
        boolean preparing = preparations.values().stream().anyMatch(p -> p.state() == JobPreparation.State.RUNNING);
        return assignments.isEmpty() && startTask.isEmpty() && releases.isEmpty() && !preparing;
    }
}
