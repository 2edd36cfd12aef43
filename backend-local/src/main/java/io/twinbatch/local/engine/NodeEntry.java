package io.twinbatch.local.engine;

import io.twinbatch.api.pool.NodeState;
import io.twinbatch.local.node.Work;
import io.twinbatch.local.state.NodeRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node with what it is doing. */
final class NodeEntry {
    private final PoolEntry pool;
    private NodeRecord record;
    private int freeSlots;

    /** By the task's key with its job. */
    private final Map<String, Assignment> assignments = new LinkedHashMap<>();

    /** By job. */
    private final Map<String, Preparation> preparations = new HashMap<>();

    /** Release tasks of jobs that have ended. */
    private final Set<Work> releases = new LinkedHashSet<>();

    private Optional<Work> startTask = Optional.empty();

    /** The start task that succeeded; what it has left running lives as long as the node. */
    private Optional<Work> startedBy = Optional.empty();

    private Displacement displacement = Displacement.REQUEUE;
    private boolean folderLost;

    NodeEntry(PoolEntry pool, NodeRecord record) {
        this.pool = pool;
        this.record = record;
        this.freeSlots = pool.record().spec().slotsPerNode();
    }

    PoolEntry pool() {
        return pool;
    }

    NodeRecord record() {
        return record;
    }

    void record(NodeRecord newRecord) {
        record = newRecord;
    }

    String key() {
        return Keys.of(record.pool(), record.id());
    }

    int freeSlots() {
        return freeSlots;
    }

    Map<String, Assignment> assignments() {
        return assignments;
    }

    void assign(String key, Assignment assignment) {
        assignments.put(key, assignment);
        freeSlots -= assignment.slots();
    }

    /** Takes a task off the node; false when it is not this assignment that the node has. */
    boolean release(String key, Assignment assignment) {
        if (!assignments.remove(key, assignment)) {
            return false;
        }
        freeSlots += assignment.slots();
        return true;
    }

    Map<String, Preparation> preparations() {
        return preparations;
    }

    Set<Work> releases() {
        return releases;
    }

    Optional<Work> startTask() {
        return startTask;
    }

    void startTask(Optional<Work> work) {
        startTask = work;
    }

    Optional<Work> startedBy() {
        return startedBy;
    }

    void startedBy(Work work) {
        startedBy = Optional.of(work);
    }

    boolean takesTasks() {
        return record.state().takesTasks() && !record.history().schedulingDisabled() && !folderLost;
    }

    /** Notes whether somebody has deleted its folder. */
    void folderLost(boolean lost) {
        folderLost = lost;
    }

    boolean isRestarting() {
        return record.history().restarting().isPresent();
    }

    /** Whether it is being made ready and its start task has not begun. */
    boolean isStarting() {
        return record.state() == NodeState.STARTING && !isRestarting();
    }

    /** What was decided about its tasks when it was last emptied. */
    Displacement displacement() {
        return displacement;
    }

    void displacement(Displacement how) {
        displacement = how;
    }

    boolean isLeaving() {
        return record.state() == NodeState.LEAVING;
    }

    /** Whether nothing runs on it any more. */
    boolean isEmpty() {
        boolean preparing = preparations.values().stream().anyMatch(p -> p.state() == Preparation.State.RUNNING);
        return assignments.isEmpty() && startTask.isEmpty() && releases.isEmpty() && !preparing;
    }
}
