package io.twinbatch.app.portal;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.inspect.BackendControl;
import io.twinbatch.app.inspect.BackendInspector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A provider with one job of as many tasks as wanted. It counts the questions, and the tasks that it lists. */
final class BigBackend implements BackendInspector, JobReader {
    static final JobId JOB = new JobId("big");
    static final PoolId POOL = new PoolId("pool");
    static final NodeId NODE = new NodeId("tvm-<i>1</i>");
    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    static final String HOSTILE = "<script>alert(1)</script>\u001b[2J\u202e\"'&";

    private final int tasks;
    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger listed = new AtomicInteger();
    volatile int perLook = Integer.MAX_VALUE;
    volatile boolean away;
    volatile boolean deleted;

    /** How many jobs have come after the big one. */
    volatile int newer;

    /** What was ordered, such as {@code terminate big}. */
    final List<String> orders = new CopyOnWriteArrayList<>();

    volatile Optional<BatchException> refusal = Optional.empty();
    volatile boolean controllable = true;
    volatile Optional<Long> process = Optional.empty();

    BigBackend(int tasks) {
        this.tasks = tasks;
    }

    private void asked() {
        questions.incrementAndGet();
        if (away) {
            throw new BatchException(ErrorCode.UNAVAILABLE, "account", "it cannot be reached");
        }
    }

    @Override
    public JobReader jobs() {
        return this;
    }

    @Override
    public PoolReader pools() {
        return new Pools();
    }

    @Override
    public void refresh() {}

    @Override
    public Optional<ObjectStore> store() {
        return Optional.empty();
    }

    @Override
    public Optional<String> standstill() {
        return Optional.empty();
    }

    @Override
    public Optional<Long> process() {
        return process;
    }

    @Override
    public Optional<BackendControl> control() {
        return controllable
                ? Optional.of(new BackendControl(taker(JobQueue.class), taker(ComputePool.class)))
                : Optional.empty();
    }

    /** Takes orders and does nothing. */
    private <T> T taker(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (refusal.isPresent()) {
                        throw refusal.get();
                    }
                    orders.add(method.getName() + " "
                            + Stream.of(arguments).map(String::valueOf).collect(Collectors.joining(" ")));
                    return method.getReturnType() == boolean.class ? true : null;
                }));
    }

    @Override
    public boolean hasRecord(RunId run) {
        return true;
    }

    @Override
    public int tasksPerLook() {
        return perLook;
    }

    @Override
    public Waiter waiter() {
        throw new UnsupportedOperationException("the portal does not wait");
    }

    private Job job() {
        return new Job(
                JobSpec.of(JOB, POOL)
                        .withMetadata(Map.of("title", HOSTILE))
                        .withEnvironment(Map.of("API_TOKEN", "t0p-s3cret", "GREETING", HOSTILE)),
                JobState.ACTIVE,
                START,
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Optional<Job> find(JobId id) {
        asked();
        return Optional.of(job());
    }

    @Override
    public Stream<Job> list() {
        asked();
        Stream<Job> others = IntStream.range(0, newer)
                .mapToObj(i -> new Job(
                        JobSpec.of(new JobId("newer" + i), POOL),
                        JobState.ACTIVE,
                        START.plusSeconds(1 + i),
                        Optional.empty(),
                        Optional.empty()));
        return deleted ? others : Stream.concat(Stream.of(job()), others);
    }

    @Override
    public TaskCounts counts(JobId job) {
        asked();
        return new TaskCounts(tasks - tasks / 2 - 2, 2, tasks / 2 - tasks / 100, tasks / 100);
    }

    /** Half of them have ended, one of a hundred badly; two run, and the others wait. */
    private Task task(int number) {
        boolean ended = number < tasks / 2;
        boolean failed = ended && number % 50 == 7;
        boolean running = !ended && number < tasks / 2 + 2;
        TaskStatus status = failed
                ? new TaskStatus.CouldNotStart(FailureInfo.of("Broken", HOSTILE + " sig=c2VjcmV0"))
                : ended ? new TaskStatus.Succeeded() : running ? new TaskStatus.Running() : new TaskStatus.Queued();
        Instant started = START.plusSeconds(1 + number / 4);
        return new Task(
                new TaskKey(JOB, "task" + number),
                status,
                ended || running ? Optional.of(NODE) : Optional.empty(),
                START,
                ended || running ? Optional.of(started) : Optional.empty(),
                ended ? Optional.of(started.plusMillis(500 + number % 1000)) : Optional.empty(),
                ended && !failed ? OptionalInt.of(0) : OptionalInt.empty(),
                0,
                0);
    }

    @Override
    public Stream<Task> tasks(JobId job, TaskFilter filter) {
        asked();
        return IntStream.range(0, tasks)
                .mapToObj(this::task)
                .filter(task -> filter == TaskFilter.ALL || task.status().isFailure())
                .peek(task -> listed.incrementAndGet());
    }

    @Override
    public List<NodePreparation> preparations(JobId job) {
        asked();
        return List.of();
    }

    @Override
    public Optional<Task> task(TaskKey key) {
        asked();
        return key.task().matches("task\\d{1,7}")
                ? Optional.of(task(Integer.parseInt(key.task().substring(4))))
                : Optional.empty();
    }

    @Override
    public Optional<TaskDetails> details(TaskKey key) {
        asked();
        return Optional.of(new TaskDetails(
                "echo " + HOSTILE,
                Map.of("RESULT_URL", "https://store.example.org/out?sv=1&sig=c2VjcmV0", "DB_PASSWORD", "hunter2"),
                List.of(new TaskDetails.Source("https://store.example.org/in?sv=1&sig=c2VjcmV0", HOSTILE)),
                List.of(new TaskDetails.Target("*", "https://store.example.org/out?sig=c2VjcmV0", "results")),
                OptionalInt.empty(),
                Optional.empty(),
                1,
                new TreeSet<>()));
    }

    @Override
    public List<TaskFile> files(TaskKey key) {
        asked();
        return List.of(
                new TaskFile(TaskFile.STDERR, false, output().length, START),
                new TaskFile("wd/" + HOSTILE, false, 1, START));
    }

    private static byte[] output() {
        return ("before " + HOSTILE + "\nhttps://store.example.org/in?sv=1&sig=c2VjcmV0\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public InputStream readFile(TaskKey key, String path, long offset) {
        asked();
        return new ByteArrayInputStream(output(), (int) offset, output().length);
    }

    private final class Pools implements PoolReader {
        @Override
        public Optional<Pool> find(PoolId id) {
            throw new UnsupportedOperationException("the portal lists pools");
        }

        @Override
        public Stream<Pool> list() {
            asked();
            return Stream.of(new Pool(
                    PoolSpec.of(POOL, 1).withMetadata(Map.of("title", HOSTILE)),
                    PoolState.STEADY,
                    1,
                    0,
                    START,
                    List.of(new ResizeError("Quota", HOSTILE))));
        }

        @Override
        public List<Node> nodes(PoolId id) {
            asked();
            return List.of(new Node(NODE, NodeState.RUNNING, START, true, 2, Optional.empty()));
        }

        @Override
        public List<TaskFile> files(PoolId id, NodeId node, String folder) {
            asked();
            return List.of();
        }

        @Override
        public InputStream readFile(PoolId id, NodeId node, String path, long offset) {
            asked();
            throw new BatchException(ErrorCode.NOT_FOUND, path, "there is none");
        }
    }
}
