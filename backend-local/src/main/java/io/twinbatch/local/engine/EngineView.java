package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.local.state.ChangeSet;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.NodeRecord;
import io.twinbatch.local.state.PoolRecord;
import io.twinbatch.local.state.TaskRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The state as of the last commit, for readers of any thread. The engine's thread alone writes it. */
final class EngineView {
    private final Map<String, PoolRecord> pools = new ConcurrentHashMap<>();
    private final Map<String, NodeRecord> nodes = new ConcurrentHashMap<>();
    private final Map<String, JobRecord> jobs = new ConcurrentHashMap<>();
    private final Map<String, JobTasks> tasks = new ConcurrentHashMap<>();

    /** How many tasks each node has, by node. */
    private final Map<String, Integer> runningTasks = new ConcurrentHashMap<>();

    private static final class JobTasks {
        private final Map<String, TaskRecord> byTask = new ConcurrentHashMap<>();
        private volatile TaskCounts counts = new TaskCounts(0, 0, 0, 0);
    }

    /** Takes over a group of changes. */
    void publish(ChangeSet changes) {
        apply(pools, changes.pools());
        apply(nodes, changes.nodes());
        apply(jobs, changes.jobs());
        changes.tasks().forEach((key, task) -> publish(key.substring(0, key.indexOf('/')), key, task));
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
        if (place == 1) {
            String node = Keys.of(task.pool().orElseThrow(), task.node().orElseThrow());
            runningTasks.merge(node, change, (a, b) -> a + b == 0 ? null : a + b);
        }
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
        return Optional.ofNullable(pools.get(Keys.of(id))).map(this::toPool);
    }

    Stream<Pool> pools() {
        return pools.values().stream().map(this::toPool);
    }

    private Pool toPool(PoolRecord record) {
        Collection<NodeRecord> members = members(record.spec().id());
        boolean leaving = members.stream().anyMatch(node -> node.state() == NodeState.LEAVING);
        PoolState state = record.deleting() ? PoolState.DELETING : leaving ? PoolState.RESIZING : PoolState.STEADY;
        int dedicated = (int) members.stream().filter(NodeRecord::dedicated).count();
        return new Pool(record.spec(), state, dedicated, members.size() - dedicated, record.created(), List.of());
    }

    private Collection<NodeRecord> members(PoolId pool) {
        return nodes.values().stream()
                .filter(node -> Keys.of(node.pool()).equals(Keys.of(pool)))
                .sorted(Comparator.comparing((NodeRecord node) -> node.id().value()))
                .toList();
    }

    List<Node> nodes(PoolId pool) {
        if (!pools.containsKey(Keys.of(pool))) {
            throw new BatchException(ErrorCode.NOT_FOUND, "pool " + pool, "there is no such pool");
        }
        return members(pool).stream().map(this::toNode).toList();
    }

    private Node toNode(NodeRecord record) {
        int running = runningTasks.getOrDefault(Keys.of(record.pool(), record.id()), 0);
        NodeState state = record.state() == NodeState.IDLE && running > 0 ? NodeState.RUNNING : record.state();
        return new Node(record.id(), state, record.since(), record.dedicated(), running, record.startTask());
    }

    Optional<JobRecord> job(JobId id) {
        return Optional.ofNullable(jobs.get(Keys.of(id)));
    }

    Stream<JobRecord> jobs() {
        return jobs.values().stream();
    }

    TaskCounts counts(JobId id) {
        requireJob(id);
        JobTasks job = tasks.get(Keys.of(id));
        return job == null ? new TaskCounts(0, 0, 0, 0) : job.counts;
    }

    Stream<TaskRecord> tasks(JobId id) {
        requireJob(id);
        JobTasks job = tasks.get(Keys.of(id));
        return job == null ? Stream.empty() : job.byTask.values().stream();
    }

    Optional<TaskRecord> task(TaskKey key) {
        return Optional.ofNullable(tasks.get(Keys.of(key.job()))).map(job -> job.byTask.get(Keys.of(key)));
    }

    private void requireJob(JobId id) {
        if (!jobs.containsKey(Keys.of(id))) {
            throw new BatchException(ErrorCode.NOT_FOUND, "job " + id, "there is no such job");
        }
    }
}
