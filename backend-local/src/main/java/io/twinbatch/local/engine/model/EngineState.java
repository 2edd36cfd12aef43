package io.twinbatch.local.engine.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.store.ChangeSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the engine knows, changed by its thread alone. Each change of a record is noted to be kept; what has to
 * happen outside is noted as an effect, carried out when the group of commands is through.
 */
public final class EngineState {
    private final Map<String, PoolEntry> pools = new LinkedHashMap<>();
    private final Map<String, JobEntry> jobs = new LinkedHashMap<>();
    private final Map<String, ScheduleRecord> schedules = new LinkedHashMap<>();
    private final Set<PoolEntry> movingPools = new LinkedHashSet<>();
    private final Set<NodeEntry> arrivingNodes = new LinkedHashSet<>();
    private final Set<NodeEntry> leavingNodes = new LinkedHashSet<>();
    private final Set<JobEntry> endingJobs = new LinkedHashSet<>();
    private ChangeSet changes = ChangeSet.empty();
    private List<Runnable> effects = new ArrayList<>();
    private long nextSequence;

    public Map<String, PoolEntry> pools() {
        return pools;
    }

    public Map<String, JobEntry> jobs() {
        return jobs;
    }

    public Map<String, ScheduleRecord> schedules() {
        return schedules;
    }

    public void put(ScheduleRecord schedule) {
        schedules.put(RecordKeys.ofSchedule(schedule.id()), schedule);
        changes.schedules().put(RecordKeys.ofSchedule(schedule.id()), Optional.of(schedule));
    }

    public void remove(ScheduleRecord schedule) {
        schedules.remove(RecordKeys.ofSchedule(schedule.id()));
        changes.schedules().put(RecordKeys.ofSchedule(schedule.id()), Optional.empty());
    }

    /** Pools that are being resized or deleted. */
    public Set<PoolEntry> movingPools() {
        return movingPools;
    }

    /** Nodes that have joined and are not being made ready yet. */
    public Set<NodeEntry> arrivingNodes() {
        return arrivingNodes;
    }

    /** Nodes that go or begin anew as soon as nothing runs on them. */
    public Set<NodeEntry> leavingNodes() {
        return leavingNodes;
    }

    /** Jobs that are terminated or deleted as soon as nothing of them runs. */
    public Set<JobEntry> endingJobs() {
        return endingJobs;
    }

    public PoolEntry pool(PoolId id) {
        PoolEntry pool = pools.get(RecordKeys.of(id));
        if (pool == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "pool " + id, "there is no such pool");
        }
        return pool;
    }

    public JobEntry job(JobId id) {
        JobEntry job = jobs.get(RecordKeys.of(id));
        if (job == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "job " + id, "there is no such job");
        }
        return job;
    }

    public NodeEntry node(PoolId pool, NodeId id) {
        NodeEntry node = pool(pool).nodes().get(id);
        if (node == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "node " + id + " of pool " + pool, "there is no such node");
        }
        return node;
    }

    public long nextSequence() {
        return nextSequence++;
    }

    /** A record from disk has this number; the next one gets a higher one. */
    public void sequenceSeen(long sequence) {
        nextSequence = Math.max(nextSequence, sequence + 1);
    }

    public PoolEntry addPool(PoolRecord record) {
        PoolEntry pool = new PoolEntry(record);
        pools.put(RecordKeys.of(record.spec().id()), pool);
        changes.pools().put(RecordKeys.of(record.spec().id()), Optional.of(record));
        return pool;
    }

    public void update(PoolEntry pool, PoolRecord record) {
        pool.record(record);
        changes.pools().put(RecordKeys.of(pool.id()), Optional.of(record));
    }

    public void remove(PoolEntry pool) {
        pools.remove(RecordKeys.of(pool.id()));
        changes.pools().put(RecordKeys.of(pool.id()), Optional.empty());
    }

    public NodeEntry addNode(PoolEntry pool, NodeRecord record) {
        NodeEntry node = new NodeEntry(pool, record);
        pool.nodes().put(record.id(), node);
        changes.nodes().put(node.key(), Optional.of(record));
        return node;
    }

    public void update(NodeEntry node, NodeRecord record) {
        node.record(record);
        changes.nodes().put(node.key(), Optional.of(record));
    }

    public void remove(NodeEntry node) {
        node.pool().nodes().remove(node.record().id());
        changes.nodes().put(node.key(), Optional.empty());
    }

    public JobEntry addJob(JobRecord record) {
        JobEntry job = new JobEntry(record);
        jobs.put(job.key(), job);
        changes.jobs().put(job.key(), Optional.of(record));
        return job;
    }

    public void update(JobEntry job, JobRecord record) {
        job.record(record);
        changes.jobs().put(job.key(), Optional.of(record));
    }

    public void remove(JobEntry job) {
        job.tasks().values().forEach(task -> changes.tasks().put(RecordKeys.of(task.key()), Optional.empty()));
        jobs.remove(job.key());
        changes.jobs().put(job.key(), Optional.empty());
    }

    public void put(JobEntry job, TaskRecord task) {
        TaskRecord before = job.tasks().put(RecordKeys.ofTask(task.spec().id()), task);
        job.unfinished((isUnfinished(task) ? 1 : 0) - (isUnfinished(before) ? 1 : 0));
        changes.tasks().put(RecordKeys.of(task.key()), Optional.of(task));
    }

    private static boolean isUnfinished(TaskRecord task) {
        return task != null && !task.status().isFinal();
    }

    public void remove(JobEntry job, TaskRecord task) {
        TaskRecord before = job.tasks().remove(RecordKeys.ofTask(task.spec().id()));
        job.unfinished(isUnfinished(before) ? -1 : 0);
        changes.tasks().put(RecordKeys.of(task.key()), Optional.empty());
    }

    /** Has something done outside once the present group of commands is through. It must not block. */
    public void afterwards(Runnable effect) {
        effects.add(effect);
    }

    /** What has changed since it was taken the last time. */
    public ChangeSet changes() {
        return changes;
    }

    /** Takes what has changed since the last call. */
    public ChangeSet takeChanges() {
        ChangeSet taken = changes;
        changes = ChangeSet.empty();
        return taken;
    }

    /** What is to be done outside, noted since the last call. */
    public List<Runnable> takeEffects() {
        List<Runnable> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
