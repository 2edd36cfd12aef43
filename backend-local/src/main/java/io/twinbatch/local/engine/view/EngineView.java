package io.twinbatch.local.engine.view;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.ScheduleRecord;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.store.ChangeSet;
import io.twinbatch.local.store.StoredState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** The state as of the last commit, for readers of any thread. The engine's thread alone writes it. */
public final class EngineView {
    private final ConcurrentNavigableMap<String, PoolRecord> pools = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, NodeRecord> nodes = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, JobRecord> jobs = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, ScheduleRecord> schedules = new ConcurrentSkipListMap<>();
    private final Map<String, JobTasks> tasks = new ConcurrentHashMap<>();

    /** What each node does and has done, by node. */
    private final Map<String, NodeActivity> activities = new ConcurrentHashMap<>();

    private static final class JobTasks {
        private final ConcurrentNavigableMap<String, TaskRecord> byTask = new ConcurrentSkipListMap<>();
        private volatile TaskCounts counts = new TaskCounts(0, 0, 0, 0);
    }

    /** A view of records that no engine of this process works on. */
    public static EngineView of(StoredState stored) {
        ChangeSet all = ChangeSet.empty();
        stored.pools().forEach(pool -> all.pools().put(RecordKeys.of(pool.spec().id()), Optional.of(pool)));
        stored.nodes().forEach(node -> all.nodes().put(RecordKeys.of(node.pool(), node.id()), Optional.of(node)));
        stored.jobs().forEach(job -> all.jobs().put(RecordKeys.of(job.spec().id()), Optional.of(job)));
        stored.tasks().forEach(task -> all.tasks().put(RecordKeys.of(task.key()), Optional.of(task)));
        stored.schedules()
                .forEach(schedule -> all.schedules().put(RecordKeys.ofSchedule(schedule.id()), Optional.of(schedule)));
        EngineView view = new EngineView();
        view.publish(all);
        return view;
    }

    /** Takes over a group of changes. */
    public void publish(ChangeSet changes) {
        apply(pools, changes.pools());
        apply(nodes, changes.nodes());
        apply(jobs, changes.jobs());
        apply(schedules, changes.schedules());
        changes.tasks().forEach((key, task) -> publish(key.substring(0, key.indexOf('/')), key, task));
        changes.nodes().forEach((key, node) -> {
            if (node.isEmpty()) {
                activities.remove(key);
            }
        });
        changes.jobs().forEach((key, job) -> {
            if (job.isEmpty()) {
                tasks.remove(key);
            }
        });
    }

    private static <T> void apply(Map<String, T> map, Map<String, Optional<T>> changes) {
        changes.forEach((key, value) -> {
            if (value.isPresent()) {
                map.put(key, value.get());
            } else {
                map.remove(key);
            }
        });
    }

    private void publish(String jobKey, String taskKey, Optional<TaskRecord> task) {
        JobTasks job = tasks.computeIfAbsent(jobKey, key -> new JobTasks());
        TaskRecord before = task.isPresent() ? job.byTask.put(taskKey, task.get()) : job.byTask.remove(taskKey);
        count(job, before, -1);
        count(job, task.orElse(null), 1);
        follow(before, task.orElse(null));
    }

    private void follow(TaskRecord before, TaskRecord after) {
        List<String> ran = nodesOfRunning(before);
        List<String> runs = nodesOfRunning(after);
        ran.stream()
                .filter(node -> !runs.contains(node))
                .forEach(node -> activities.computeIfPresent(node, (key, known) -> known.left(before, after)));
        runs.stream()
                .filter(node -> !ran.contains(node))
                .forEach(node -> activities.compute(
                        node, (key, known) -> (known == null ? NodeActivity.NONE : known).entered(after)));
    }

    /** The keys of the nodes that a task is on now. */
    private static List<String> nodesOfRunning(TaskRecord task) {
        return task == null || place(task) != 1
                ? List.of()
                : task.nodes().stream()
                        .map(node -> RecordKeys.of(task.pool().orElseThrow(), node))
                        .toList();
    }

    private void count(JobTasks job, TaskRecord task, int change) {
        if (task == null) {
            return;
        }
        TaskCounts counts = job.counts;
        int[] numbers = {counts.queued(), counts.running(), counts.succeeded(), counts.failed()};
        int place = place(task);
        numbers[place] += change;
        job.counts = new TaskCounts(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static int place(TaskRecord task) {
        if (JobEntry.isQueued(task)) {
            return 0;
        }
        if (!task.status().isFinal()) {
            return 1;
        }
        return task.status() instanceof TaskStatus.Succeeded ? 2 : 3;
    }

    Optional<Pool> pool(PoolId id) {
        return poolRecord(id).map(this::toPool);
    }

    Stream<Pool> pools() {
        return pools.values().stream().map(this::toPool);
    }

    private Pool toPool(PoolRecord record) {
        List<NodeRecord> members = nodeRecords(record.spec().id());
        int dedicated = (int) members.stream().filter(NodeRecord::dedicated).count();
        return new Pool(
                record.spec(),
                state(record),
                dedicated,
                members.size() - dedicated,
                record.created(),
                record.history().resizeErrors());
    }

    /** Whether a pool is at rest. */
    public PoolState state(PoolRecord record) {
        return record.state(
                nodeRecords(record.spec().id()).stream().anyMatch(node -> node.state() == NodeState.LEAVING));
    }

    /** A pool; empty when there is none of that id. */
    public Optional<PoolRecord> poolRecord(PoolId id) {
        return Optional.ofNullable(pools.get(RecordKeys.of(id)));
    }

    /** All pools behind a key, in the order of their keys, with them. */
    public NavigableMap<String, PoolRecord> poolsAfter(String key) {
        return pools.tailMap(key, false);
    }

    /** The nodes of a pool, in the order of their ids; none when there is no such pool. */
    public List<NodeRecord> nodeRecords(PoolId pool) {
        String prefix = RecordKeys.of(pool) + "/";
        return List.copyOf(
                nodes.subMap(prefix, true, prefix + Character.MAX_VALUE, false).values());
    }

    /** What a node does and has done since this engine was opened. */
    public NodeActivity activity(NodeRecord node) {
        return activities.getOrDefault(RecordKeys.of(node.pool(), node.id()), NodeActivity.NONE);
    }

    List<Node> nodes(PoolId pool) {
        if (!pools.containsKey(RecordKeys.of(pool))) {
            throw new BatchException(ErrorCode.NOT_FOUND, "pool " + pool, "there is no such pool");
        }
        return nodeRecords(pool).stream().map(this::toNode).toList();
    }

    /** A node as users of the API see it. */
    public Node toNode(NodeRecord record) {
        NodeActivity activity = activity(record);
        NodeState state = record.state();
        Instant since = record.since();
        if (state == NodeState.IDLE) {
            boolean runs = activity.running() > 0;
            state = runs
                    ? NodeState.RUNNING
                    : record.history().schedulingDisabled() ? NodeState.OFFLINE : NodeState.IDLE;
            since = activity.since().filter(since::isBefore).orElse(since);
        }
        return new Node(record.id(), state, since, record.dedicated(), activity.running(), record.startTask());
    }

    /** A job schedule; empty when there is none of that id. */
    public Optional<ScheduleRecord> schedule(String id) {
        return Optional.ofNullable(schedules.get(RecordKeys.ofSchedule(id)));
    }

    /** All job schedules behind a key, in the order of their keys, with them. */
    public NavigableMap<String, ScheduleRecord> schedulesAfter(String key) {
        return schedules.tailMap(key, false);
    }

    /** A job; empty when there is none of that id. */
    public Optional<JobRecord> job(JobId id) {
        return Optional.ofNullable(jobs.get(RecordKeys.of(id)));
    }

    Stream<JobRecord> jobs() {
        return jobs.values().stream();
    }

    /** All jobs behind a key, in the order of their keys, with them. */
    public NavigableMap<String, JobRecord> jobsAfter(String key) {
        return jobs.tailMap(key, false);
    }

    /** How a job's preparation task went on the nodes that are there. */
    List<NodePreparation> preparations(JobId id) {
        requireJob(id);
        return jobs.get(RecordKeys.of(id)).nodes().stream()
                .filter(on -> nodes.containsKey(RecordKeys.of(on.pool(), on.node())))
                .map(on -> new NodePreparation(
                        on.node(),
                        on.preparation().ended().isEmpty(),
                        on.preparation().exitCode(),
                        on.preparation().failure()))
                .toList();
    }

    /** How many tasks of a job are where. */
    public TaskCounts counts(JobId id) {
        requireJob(id);
        JobTasks job = tasks.get(RecordKeys.of(id));
        return job == null ? new TaskCounts(0, 0, 0, 0) : job.counts;
    }

    /** The tasks of a job, in the order of their keys. */
    public Stream<TaskRecord> tasks(JobId id) {
        return tasksAfter(id, "").values().stream();
    }

    /** The tasks of a job behind a key, in the order of their keys, with them. */
    public NavigableMap<String, TaskRecord> tasksAfter(JobId id, String key) {
        requireJob(id);
        JobTasks job = tasks.get(RecordKeys.of(id));
        return job == null ? new TreeMap<>() : job.byTask.tailMap(key, false);
    }

    /** A task; empty when there is none of that id. */
    public Optional<TaskRecord> task(TaskKey key) {
        return Optional.ofNullable(tasks.get(RecordKeys.of(key.job()))).map(job -> job.byTask.get(RecordKeys.of(key)));
    }

    private void requireJob(JobId id) {
        if (!jobs.containsKey(RecordKeys.of(id))) {
            throw new BatchException(ErrorCode.NOT_FOUND, "job " + id, "there is no such job");
        }
    }
}
