package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.state.ChangeSet;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.NodeRecord;
import io.twinbatch.local.state.PoolRecord;
import io.twinbatch.local.state.ScheduleRecord;
import io.twinbatch.local.state.TaskRecord;
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
final class EngineState {
    private final Map<String, PoolEntry> pools = new LinkedHashMap<>();
    private final Map<String, JobEntry> jobs = new LinkedHashMap<>();
    private final Map<String, ScheduleRecord> schedules = new LinkedHashMap<>();
    private final Set<NodeEntry> leavingNodes = new LinkedHashSet<>();
    private final Set<JobEntry> endingJobs = new LinkedHashSet<>();
    private ChangeSet changes = ChangeSet.empty();
    private List<Runnable> effects = new ArrayList<>();
    private long nextSequence;

    Map<String, PoolEntry> pools() {
        return pools;
    }

    Map<String, JobEntry> jobs() {
        return jobs;
    }

    Map<String, ScheduleRecord> schedules() {
        return schedules;
    }

    void put(ScheduleRecord schedule) {
        schedules.put(Keys.ofSchedule(schedule.id()), schedule);
        changes.schedules().put(Keys.ofSchedule(schedule.id()), Optional.of(schedule));
    }

    void remove(ScheduleRecord schedule) {
        schedules.remove(Keys.ofSchedule(schedule.id()));
        changes.schedules().put(Keys.ofSchedule(schedule.id()), Optional.empty());
    }

    /** Nodes that go or begin anew as soon as nothing runs on them. */
    Set<NodeEntry> leavingNodes() {
        return leavingNodes;
    }

    /** Jobs that are terminated or deleted as soon as nothing of them runs. */
    Set<JobEntry> endingJobs() {
        return endingJobs;
    }

    PoolEntry pool(PoolId id) {
        PoolEntry pool = pools.get(Keys.of(id));
        if (pool == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "pool " + id, "there is no such pool");
        }
        return pool;
    }

    JobEntry job(JobId id) {
        JobEntry job = jobs.get(Keys.of(id));
        if (job == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "job " + id, "there is no such job");
        }
        return job;
    }

    NodeEntry node(PoolId pool, NodeId id) {
        NodeEntry node = pool(pool).nodes().get(id);
        if (node == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "node " + id + " of pool " + pool, "there is no such node");
        }
        return node;
    }

    long nextSequence() {
        return nextSequence++;
    }

    /** A record from disk has this number; the next one gets a higher one. */
    void sequenceSeen(long sequence) {
        nextSequence = Math.max(nextSequence, sequence + 1);
    }

    PoolEntry addPool(PoolRecord record) {
        PoolEntry pool = new PoolEntry(record);
        pools.put(Keys.of(record.spec().id()), pool);
        changes.pools().put(Keys.of(record.spec().id()), Optional.of(record));
        return pool;
    }

    void update(PoolEntry pool, PoolRecord record) {
        pool.record(record);
        changes.pools().put(Keys.of(pool.id()), Optional.of(record));
    }

    void remove(PoolEntry pool) {
        pools.remove(Keys.of(pool.id()));
        changes.pools().put(Keys.of(pool.id()), Optional.empty());
    }

    NodeEntry addNode(PoolEntry pool, NodeRecord record) {
        NodeEntry node = new NodeEntry(pool, record);
        pool.nodes().put(record.id(), node);
        changes.nodes().put(node.key(), Optional.of(record));
        return node;
    }

    void update(NodeEntry node, NodeRecord record) {
        node.record(record);
        changes.nodes().put(node.key(), Optional.of(record));
    }

    void remove(NodeEntry node) {
        node.pool().nodes().remove(node.record().id());
        changes.nodes().put(node.key(), Optional.empty());
    }

    JobEntry addJob(JobRecord record) {
        JobEntry job = new JobEntry(record);
        jobs.put(job.key(), job);
        changes.jobs().put(job.key(), Optional.of(record));
        return job;
    }

    void update(JobEntry job, JobRecord record) {
        job.record(record);
        changes.jobs().put(job.key(), Optional.of(record));
    }

    void remove(JobEntry job) {
        job.tasks().values().forEach(task -> changes.tasks().put(Keys.of(task.key()), Optional.empty()));
        jobs.remove(job.key());
        changes.jobs().put(job.key(), Optional.empty());
    }

    void put(JobEntry job, TaskRecord task) {
        TaskRecord before = job.tasks().put(Keys.ofTask(task.spec().id()), task);
        job.unfinished((isUnfinished(task) ? 1 : 0) - (isUnfinished(before) ? 1 : 0));
        changes.tasks().put(Keys.of(task.key()), Optional.of(task));
    }

    private static boolean isUnfinished(TaskRecord task) {
        return task != null && !task.status().isFinal();
    }

    void remove(JobEntry job, TaskRecord task) {
        TaskRecord before = job.tasks().remove(Keys.ofTask(task.spec().id()));
        job.unfinished(isUnfinished(before) ? -1 : 0);
        changes.tasks().put(Keys.of(task.key()), Optional.empty());
    }

    /** Has something done outside once the present group of commands is through. It must not block. */
    void afterwards(Runnable effect) {
        effects.add(effect);
    }

    /** What has changed since it was taken the last time. */
    ChangeSet changes() {
        return changes;
    }

    /** Takes what has changed since the last call. */
    ChangeSet takeChanges() {
        ChangeSet taken = changes;
        changes = ChangeSet.empty();
        return taken;
    }

    /** What is to be done outside, noted since the last call. */
    List<Runnable> takeEffects() {
        List<Runnable> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
