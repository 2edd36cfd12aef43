package io.twinbatch.it.contract;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes what tests need under names of their own, waits for conditions with a limit, and clears away. */
final class Workbench {
    private final BatchFixture fixture;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, PoolId> sharedPools = new HashMap<>();
    private final List<PoolId> pools = new ArrayList<>();
    private final List<JobId> jobs = new ArrayList<>();
    private final List<ContainerName> containers = new ArrayList<>();
    private int names;

    Workbench(BatchFixture fixture) {
        this.fixture = fixture;
    }

    BatchFixture fixture() {
        return fixture;
    }

    ComputePool pools() {
        return fixture.pools();
    }

    JobQueue jobs() {
        return fixture.jobs();
    }

    ObjectStore objects() {
        return fixture.objects();
    }

    private String newName() {
        names++;
        return "it-" + run + "-" + names;
    }

    /** The identifier of a pool that is deleted after the test. */
    PoolId newPool() {
        PoolId id = new PoolId(newName());
        pools.add(id);
        return id;
    }

    /** The identifier of a job that is deleted after the test. */
    JobId newJob() {
        JobId id = new JobId(newName());
        jobs.add(id);
        return id;
    }

    /** A container that is deleted after the test. */
    ContainerName container() {
        ContainerName name = new ContainerName(newName());
        containers.add(name);
        objects().createContainer(name, Map.of());
        return name;
    }

    /** A pool for this test alone. */
    PoolId pool(int nodes) {
        return create(fixture.pool(newPool(), nodes));
    }

    PoolId create(PoolSpec spec) {
        pools().create(spec);
        return spec.id();
    }

    /** A pool for all tests of the suite that do not change it. */
    PoolId sharedPool(int nodes, int slots) {
        return sharedPools.computeIfAbsent(
                nodes + "x" + slots,
                key -> create(fixture.pool(new PoolId(newName()), nodes).withSlotsPerNode(slots)));
    }

    /** A job for this test. */
    JobId job(PoolId pool) {
        return create(JobSpec.of(newJob(), pool));
    }

    JobId create(JobSpec spec) {
        jobs().create(spec);
        return spec.id();
    }

    TaskKey submit(JobId job, TaskSpec task) {
        jobs().submit(job, List.of(task));
        return new TaskKey(job, task.id());
    }

    /** Adds a task that runs a script without single quotes in the node's shell. */
    TaskKey submit(JobId job, String id, String script) {
        return submit(job, shell(id, script).build());
    }

    static TaskSpec.Builder shell(String id, String script) {
        return TaskSpec.builder(id, CommandLine.shell(script));
    }

    Task task(TaskKey key) {
        return jobs().task(key).orElseThrow();
    }

    Task ended(TaskKey key) throws InterruptedException {
        return await(key, task -> task.status().isFinal());
    }

    Task succeeded(TaskKey key) throws InterruptedException {
        Task task = ended(key);
        if (!(task.status() instanceof TaskStatus.Succeeded)) {
            throw new AssertionError("task " + key + " " + task.status().describe() + "; stderr: "
                    + (task.exitCode().isPresent() ? read(key, TaskFile.STDERR) : "none"));
        }
        return task;
    }

    Task running(TaskKey key) throws InterruptedException {
        return await(key, task -> task.status() instanceof TaskStatus.Running);
    }

    Task await(TaskKey key, Predicate<Task> condition) throws InterruptedException {
        return waiter().await("task " + key, deadline(), () -> jobs().task(key).filter(condition));
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        boolean unused =
                waiter().await(what, deadline(), () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** The nodes of a pool, as soon as they are so many and each is as wanted. */
    List<Node> nodes(PoolId pool, int count, Predicate<Node> each) throws InterruptedException {
        return waiter().await(
                        "nodes of pool " + pool,
                        deadline(),
                        () -> Optional.of(pools().nodes(pool))
                                .filter(nodes ->
                                        nodes.size() == count && nodes.stream().allMatch(each)));
    }

    private Waiter waiter() {
        return new Waiter(Sleeper.REAL, fixture.pollInterval());
    }

    private Deadline deadline() {
        return Deadline.after(Clock.systemUTC(), fixture.patience());
    }

    /** Waits until a file in a task's folder is there and has something in it. */
    void awaitContent(TaskKey key, String path) throws InterruptedException {
        await(path + " of task " + key, () -> {
            try {
                return !read(key, path).isEmpty();
            } catch (BatchException e) {
                if (e.code() != ErrorCode.NOT_FOUND) {
                    throw e;
                }
                return false;
            }
        });
    }

    String read(TaskKey key, String path) {
        return text(jobs().readFile(key, path, 0));
    }

    String stdout(TaskKey key) {
        return read(key, TaskFile.STDOUT);
    }

    static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the objects in a container. */
    List<String> objectNames(ContainerName container) {
        try (Stream<String> names =
                objects().list(container, "").map(object -> object.key().name())) {
            return names.toList();
        }
    }

    /** Deletes what the test made. */
    void clear() {
        jobs.forEach(jobs()::delete);
        pools.forEach(pools()::delete);
        containers.forEach(objects()::deleteContainer);
        jobs.clear();
        pools.clear();
        containers.clear();
    }

    /** Deletes what the suite made. */
    void clearAll() {
        clear();
        sharedPools.values().forEach(pools()::delete);
    }
}
