package io.twinbatch.it.memory;

import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.task.FailureInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Pools and jobs, and the threads that run tasks. Whatever is read or changed of them is guarded by this. */
final class MemoryCluster implements AutoCloseable {
    private final Path folder;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** By their identifiers in lower case. */
    final Map<String, MemoryPool> pools = new LinkedHashMap<>();

    /** By their identifiers in lower case. */
    final Map<String, MemoryJob> jobs = new LinkedHashMap<>();

    MemoryCluster(Path folder) {
        this.folder = folder;
    }

    static String lower(Object id) {
        return id.toString().toLowerCase(Locale.ROOT);
    }

    private void work(Callable<Void> work) {
        Future<?> unused = workers.submit(work);
    }

    boolean has(MemoryNode node) {
        return pools.values().stream().anyMatch(pool -> pool.nodes.contains(node));
    }

    /** Gives a pool as many nodes as are asked for. */
    void resize(MemoryPool pool, int dedicated, int spot) {
        pool.spec = pool.spec.withNodes(dedicated, spot);
        fit(pool, true, dedicated);
        fit(pool, false, spot);
        schedule();
    }

    private void fit(MemoryPool pool, boolean dedicated, int target) {
        while (pool.count(dedicated) < target) {
            add(pool, dedicated);
        }
        List<MemoryNode> tooMany = pool.nodes.stream()
                .filter(node -> node.dedicated == dedicated)
                .skip(target)
                .toList();
        tooMany.forEach(node -> remove(pool, node));
    }

    private void add(MemoryPool pool, boolean dedicated) {
        pool.lastNode++;
        NodeId id = new NodeId("node-" + pool.lastNode);
        Path root = folder.resolve(UUID.randomUUID().toString());
        try {
            for (String name : List.of("shared", "startup", "workitems")) {
                Files.createDirectories(root.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Optional<StartTask> startTask = pool.spec.startTask();
        NodeState state = startTask.isPresent() ? NodeState.STARTING : NodeState.IDLE;
        MemoryNode node = new MemoryNode(pool.spec.id(), id, dedicated, root, state);
        pool.nodes.add(node);
        startTask.ifPresent(task -> work(() -> start(node, task)));
    }

    private Void start(MemoryNode node, StartTask task) throws IOException, InterruptedException {
        boolean again = true;
        for (int retries = 0; again; retries++) {
            Instant started = Instant.now();
            NodeRun run = node.run(task);
            synchronized (this) {
                if (!has(node)) {
                    return null;
                }
                node.startRun = Optional.of(run);
                node.startTask(started, Optional.empty(), retries, NodeState.WAITING_FOR_START_TASK);
            }
            NodeRun.End end = run.run();
            synchronized (this) {
                again = end.status() instanceof TaskStatus.Failed && retries < task.maxRetries() && has(node);
                if (!again) {
                    boolean good = end.status() instanceof TaskStatus.Succeeded;
                    NodeState state = good ? NodeState.IDLE : NodeState.START_TASK_FAILED;
                    node.startTask(started, Optional.of(end), retries, state);
                    schedule();
                }
            }
        }
        return null;
    }

    /** Takes a node out; its tasks wait for another one. */
    void remove(MemoryPool pool, MemoryNode node) {
        pool.nodes.remove(node);
        node.startRun.ifPresent(NodeRun::kill);
        node.preparations.values().forEach(preparation -> preparation.run().kill());
        tasks().filter(task -> task.attempt.isPresent() && task.node.equals(Optional.of(node)))
                .forEach(task -> {
                    task.attempt.get().kill();
                    task.requeued();
                });
        work(() -> {
            FolderReader.delete(node.root);
            return null;
        });
    }

    private Stream<MemoryTask> tasks() {
        return jobs.values().stream().flatMap(job -> job.tasks.values().stream());
    }

    /** Places tasks on nodes that have room for them. */
    void schedule() {
        jobs.values().stream()
                .filter(MemoryJob::isActive)
                .sorted(Comparator.comparingInt(job -> -job.spec.priority()))
                .forEach(job ->
                        Optional.ofNullable(pools.get(lower(job.spec.pool()))).ifPresent(pool -> schedule(pool, job)));
    }

    private void schedule(MemoryPool pool, MemoryJob job) {
        for (MemoryTask task : job.tasks.values()) {
            if (task.isQueued() && task.dependenciesSucceeded()) {
                pool.nodes.stream()
                        .filter(node -> node.takesTasks()
                                && pool.spec.slotsPerNode() - node.usedSlots >= task.spec.requiredSlots()
                                && (!node.preparations.containsKey(job)
                                        || !node.preparations.get(job).hasFailed()))
                        .findFirst()
                        .ifPresent(node -> begin(task, node));
            }
        }
    }

    private void begin(MemoryTask task, MemoryNode node) {
        NodeRun run = node.run(task.job, task.spec);
        node.usedSlots += task.spec.requiredSlots();
        node.runningTasks++;
        boolean prepares = task.job.spec.preparation().isPresent();
        task.assigned(node, run, prepares ? new TaskStatus.Preparing() : new TaskStatus.Running());
        work(() -> run(task, node, run));
    }

    private Void run(MemoryTask task, MemoryNode node, NodeRun run) throws Exception {
        boolean ready = prepare(task.job, node);
        synchronized (this) {
            if (!task.attempt.equals(Optional.of(run))) {
                return null;
            }
            if (!ready) {
                release(task, node);
                task.heldBack();
                schedule();
                return null;
            }
            task.runs();
        }
        NodeRun.End end = run.run();
        synchronized (this) {
            if (task.attempt.equals(Optional.of(run))) {
                release(task, node);
                task.ended(end);
                schedule();
            }
        }
        return null;
    }

    private static void release(MemoryTask task, MemoryNode node) {
        node.usedSlots -= task.spec.requiredSlots();
        node.runningTasks--;
    }

    /** Runs the preparation of a job once on a node, and returns whether it succeeded. */
    private boolean prepare(MemoryJob job, MemoryNode node) throws Exception {
        Optional<JobNodeTask> task = job.spec.preparation();
        if (task.isEmpty()) {
            return true;
        }
        MemoryNode.Preparation preparation;
        boolean first;
        synchronized (this) {
            first = !node.preparations.containsKey(job);
            preparation = node.preparations.computeIfAbsent(
                    job,
                    any -> new MemoryNode.Preparation(
                            node.run(job.spec, task.get(), MemoryJob.PREPARATION), new CompletableFuture<>()));
        }
        if (first) {
            try {
                preparation.end().complete(Optional.of(preparation.run().run()));
            } finally {
                preparation.end().complete(Optional.empty());
            }
        }
        return preparation.end().get().map(NodeRun.End::status).orElse(null) instanceof TaskStatus.Succeeded;
    }

    /** Stops a task that has not ended. */
    void stop(MemoryTask task, String reason) {
        task.attempt.ifPresent(run -> {
            run.kill();
            release(task, task.node.orElseThrow());
        });
        TaskStatus stopped = new TaskStatus.Stopped(FailureInfo.of("TaskEnded", reason));
        task.ended(new NodeRun.End(stopped, OptionalInt.empty()));
    }

    void endAfterItsTime(MemoryJob job) {
        job.spec.maxWallClockTime().ifPresent(time -> {
            Future<?> unused = timer.schedule(
                    () -> {
                        synchronized (this) {
                            terminate(job, "its time was up");
                        }
                    },
                    time.toMillis(),
                    TimeUnit.MILLISECONDS);
        });
    }

    /** Ends a job: first what runs, then, where it has one, its release on the nodes that have prepared it. */
    void terminate(MemoryJob job, String reason) {
        if (!job.isActive()) {
            return;
        }
        job.ending(reason);
        stopAll(job, reason);
        work(() -> {
            for (NodeRun run : releases(job)) {
                NodeRun.End unused = run.run();
            }
            synchronized (this) {
                job.ended();
                schedule();
            }
            return null;
        });
    }

    private synchronized List<NodeRun> releases(MemoryJob job) {
        return job.spec
                .release()
                .map(release -> nodes().filter(node -> node.preparations.containsKey(job))
                        .map(node -> node.run(job.spec, release, MemoryJob.RELEASE))
                        .toList())
                .orElse(List.of());
    }

    private Stream<MemoryNode> nodes() {
        return pools.values().stream().flatMap(pool -> pool.nodes.stream());
    }

    private void stopAll(MemoryJob job, String reason) {
        job.tasks.values().stream().filter(task -> task.attempt.isPresent()).forEach(task -> stop(task, reason));
        nodes().filter(node -> node.preparations.containsKey(job))
                .forEach(node -> node.preparations.get(job).run().kill());
    }

    /** Ends a job and removes all that it has left. */
    void delete(MemoryJob job) {
        job.ending("it was deleted");
        stopAll(job, "its job was deleted");
        nodes().forEach(node -> FolderReader.delete(node.job(job.spec)));
        jobs.remove(lower(job.spec.id()));
        schedule();
    }

    @Override
    public synchronized void close() {
        pools.values().forEach(pool -> resize(pool, 0, 0));
        workers.shutdown();
        timer.shutdownNow();
    }
}
