package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.store.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** An engine on a folder of its own, and what tests ask of it again and again. */
public final class LocalRig implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);
    public static final PoolId POOL = new PoolId("pool");
    public static final JobId JOB = new JobId("job");

    private final StateFolder folder;
    private final Engine engine;
    private final LocalComputePool pools;
    private final LocalJobQueue jobs;

    public LocalRig(Path path) {
        this(path, System.getenv());
    }

    public LocalRig(Path path, Map<String, String> environment) {
        this(path, environment, FaultPlan.NONE);
    }

    public LocalRig(Path path, Map<String, String> environment, FaultPlan faults) {
        this(path, environment, faults, Clock.systemUTC());
    }

    public LocalRig(Path path, Map<String, String> environment, FaultPlan faults, Clock clock) {
        this(path, environment, EngineSettings.DEFAULT.with(faults), clock);
    }

    public LocalRig(Path path, Map<String, String> environment, EngineSettings settings, Clock clock) {
        folder = StateFolder.take(path);
        try {
            engine = Engine.open(folder, environment, settings, clock);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        pools = new LocalComputePool(engine);
        jobs = new LocalJobQueue(engine);
    }

    EngineCommands orders() {
        return engine.orders();
    }

    EngineView view() {
        return engine.view();
    }

    LocalComputePool pools() {
        return pools;
    }

    public LocalJobQueue jobs() {
        return jobs;
    }

    /** Makes the pool and the job that most tests need. */
    public LocalRig withJob(int nodes, int slots) {
        pools.create(PoolSpec.of(POOL, nodes).withSlotsPerNode(slots));
        jobs.create(JobSpec.of(JOB, POOL));
        return this;
    }

    static TaskKey key(String task) {
        return new TaskKey(JOB, task);
    }

    /** Adds a task to the job. */
    public TaskKey submit(TaskSpec task) {
        jobs.submit(JOB, List.of(task));
        return key(task.id());
    }

    Task task(TaskKey key) {
        return jobs.task(key).orElseThrow();
    }

    public Task ended(TaskKey key) throws InterruptedException {
        return await(key, task -> task.status().isFinal());
    }

    public Task await(TaskKey key, Predicate<Task> condition) throws InterruptedException {
        return waiter().await("task " + key, deadline(), () -> jobs.task(key).filter(condition));
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        boolean unused =
                waiter().await(what, deadline(), () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    private static Waiter waiter() {
        return new Waiter(Sleeper.REAL, PollInterval.NEARBY);
    }

    private static Deadline deadline() {
        return Deadline.after(Clock.systemUTC(), LIMIT);
    }

    public String stdout(TaskKey key) {
        try (InputStream stream = jobs.readFile(key, TaskFile.STDOUT, 0)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
        folder.close();
    }
}
