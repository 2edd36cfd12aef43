package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.inspect.BackendInspector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A backend as it looks from outside; what happens there between two looks is a list of actions. */
final class FakeInspector implements BackendInspector, JobReader {
    private static final PollInterval ANY = new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(1));

    final Map<JobId, Job> jobs = new LinkedHashMap<>();
    final Map<TaskKey, Task> tasks = new LinkedHashMap<>();
    final Map<TaskKey, TaskDetails> details = new HashMap<>();
    final Map<JobId, TaskCounts> counts = new HashMap<>();
    final List<NodePreparation> preparations = new ArrayList<>();
    final Map<PoolId, Pool> pools = new HashMap<>();
    final Map<PoolId, List<Node>> nodes = new HashMap<>();

    /** By task and path. */
    final Map<String, String> files = new HashMap<>();

    final Deque<Runnable> scriptedEvents = new ArrayDeque<>();
    Optional<String> standstill = Optional.empty();
    Long process;
    boolean hasRecords = true;
    Optional<ObjectStore> store = Optional.empty();

    void put(Task task) {
        tasks.put(task.key(), task);
    }

    void write(TaskKey key, String path, String text) {
        files.put(key + "/" + path, text);
    }

    @Override
    public JobReader jobs() {
        return this;
    }

    @Override
    public void refresh() {}

    @Override
    public Optional<ObjectStore> store() {
        return store;
    }

    @Override
    public Optional<Long> process() {
        return Optional.ofNullable(process);
    }

    @Override
    public Optional<String> standstill() {
        return standstill;
    }

    @Override
    public boolean hasRecord(RunId run) {
        return hasRecords;
    }

    @Override
    public Waiter waiter() {
        return new Waiter(
                time -> {
                    if (scriptedEvents.isEmpty()) {
                        throw new AssertionError("nothing is going to happen any more");
                    }
                    scriptedEvents.remove().run();
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                },
                ANY);
    }

    @Override
    public Optional<Job> find(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public Stream<Job> list() {
        return jobs.values().stream();
    }

    @Override
    public TaskCounts counts(JobId job) {
        return counts.getOrDefault(job, new TaskCounts(0, 0, 0, 0));
    }

    @Override
    public Stream<Task> tasks(JobId job, TaskFilter filter) {
        return tasks.values().stream()
                .filter(task -> task.key().job().equals(job))
                .filter(task -> switch (filter) {
                    case ALL -> true;
                    case UNFINISHED -> !task.status().isFinal();
                    case SUCCEEDED -> task.status() instanceof TaskStatus.Succeeded;
                    case FAILED -> task.status().isFailure();
                });
    }

    @Override
    public List<NodePreparation> preparations(JobId job) {
        return List.copyOf(preparations);
    }

    @Override
    public Optional<Task> task(TaskKey key) {
        return Optional.ofNullable(tasks.get(key));
    }

    @Override
    public Optional<TaskDetails> details(TaskKey key) {
        return Optional.ofNullable(details.get(key));
    }

    @Override
    public List<TaskFile> files(TaskKey key) {
        List<TaskFile> found = files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(key + "/"))
                .map(file -> new TaskFile(
                        file.getKey().substring(key.toString().length() + 1),
                        false,
                        file.getValue().length(),
                        Instant.EPOCH))
                .toList();
        if (found.isEmpty()) {
            throw new BatchException(ErrorCode.NOT_FOUND, "task " + key, "its folder is gone");
        }
        return found;
    }

    @Override
    public InputStream readFile(TaskKey key, String path, long offset) {
        String text = files.get(key + "/" + path);
        if (text == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "task " + key, "there is no file " + path);
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int from = (int) Math.min(offset, bytes.length);
        return new ByteArrayInputStream(bytes, from, bytes.length - from);
    }

    @Override
    public PoolReader pools() {
        return new PoolReader() {
            @Override
            public Optional<Pool> find(PoolId id) {
                return Optional.ofNullable(pools.get(id));
            }

            @Override
            public Stream<Pool> list() {
                return pools.values().stream();
            }

            @Override
            public List<Node> nodes(PoolId id) {
                return nodes.getOrDefault(id, List.of());
            }

            @Override
            public List<TaskFile> files(PoolId id, NodeId node, String folder) {
                return List.of();
            }

            @Override
            public InputStream readFile(PoolId id, NodeId node, String path, long offset) {
                throw new BatchException(ErrorCode.NOT_FOUND, "node " + node, "there is no file " + path);
            }
        };
    }
}
