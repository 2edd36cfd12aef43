package io.twinbatch.it.memory;

import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.FailureInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A node: a folder, its slots, and what has been run there for the node and for jobs. Guarded by the cluster. */
final class MemoryNode {
    final NodeId id;
    final boolean dedicated;
    final Path root;
    private final PoolId pool;
    private NodeState state;
    private Instant since = Instant.now();
    private Optional<StartTaskResult> startTask = Optional.empty();
    int usedSlots;
    int runningTasks;
    final Map<MemoryJob, Preparation> preparations = new LinkedHashMap<>();
    Optional<NodeRun> startRun = Optional.empty();

    /** The preparation of a job on a node, which ends once for all tasks that wait for it. */
    record Preparation(NodeRun run, CompletableFuture<Optional<NodeRun.End>> end) {
        NodePreparation snapshot(NodeId node) {
            Optional<NodeRun.End> known = end.getNow(Optional.empty());
            return new NodePreparation(
                    node,
                    !end.isDone(),
                    known.map(NodeRun.End::exitCode).orElse(OptionalInt.empty()),
                    known.flatMap(MemoryNode::failure));
        }

        boolean hasFailed() {
            return end.isDone() && snapshot(new NodeId("any")).hasFailed();
        }
    }

    MemoryNode(PoolId pool, NodeId id, boolean dedicated, Path root, NodeState state) {
        this.pool = pool;
        this.id = id;
        this.dedicated = dedicated;
        this.root = root;
        this.state = state;
    }

    Node snapshot() {
        NodeState shown = state == NodeState.IDLE && runningTasks > 0 ? NodeState.RUNNING : state;
        return new Node(id, shown, since, dedicated, runningTasks, startTask);
    }

    boolean takesTasks() {
        return state == NodeState.IDLE;
    }

    /** The start task has begun a try, or has ended. */
    void startTask(Instant started, Optional<NodeRun.End> end, int retries, NodeState now) {
        startTask = Optional.of(new StartTaskResult(
                started,
                end.map(done -> Instant.now()),
                end.map(NodeRun.End::exitCode).orElse(OptionalInt.empty()),
                end.flatMap(MemoryNode::failure),
                retries));
        state = now;
        since = Instant.now();
    }

    static Optional<FailureInfo> failure(NodeRun.End end) {
        return end.status() instanceof TaskStatus.Succeeded
                ? Optional.empty()
                : end.status().cause().or(() -> Optional.of(FailureInfo.of("FailureExitCode", "it failed")));
    }

    Path job(JobSpec job) {
        return root.resolve("workitems").resolve(job.id().value());
    }

    Path startup() {
        return root.resolve("startup");
    }

    NodeRun run(StartTask task) {
        return new NodeRun(
                startup(),
                new NodeRun.Order(
                        task.commandLine(),
                        task.resourceFiles(),
                        List.of(),
                        environment(startup(), task.environment()),
                        Optional.empty()));
    }

    /** A run of a job's preparation or release. */
    NodeRun run(JobSpec job, JobNodeTask task, String folder) {
        Path place = job(job).resolve(folder);
        Map<String, String> environment = environment(place, job.environment());
        environment.putAll(task.environment());
        environment.put("AZ_BATCH_JOB_ID", job.id().value());
        return new NodeRun(
                place,
                new NodeRun.Order(task.commandLine(), task.resourceFiles(), List.of(), environment, Optional.empty()));
    }

    Path folder(MemoryJob job, TaskSpec task) {
        return job(job.spec).resolve(task.id());
    }

    NodeRun run(MemoryJob job, TaskSpec task) {
        Path place = folder(job, task);
        Map<String, String> environment = environment(place, job.spec.environment());
        environment.putAll(task.environment());
        environment.put("AZ_BATCH_JOB_ID", job.spec.id().value());
        environment.put("AZ_BATCH_TASK_ID", task.id());
        if (job.spec.preparation().isPresent()) {
            Path preparation = job(job.spec).resolve(MemoryJob.PREPARATION);
            environment.put("AZ_BATCH_JOB_PREP_DIR", preparation.toString());
            environment.put(
                    "AZ_BATCH_JOB_PREP_WORKING_DIR", preparation.resolve("wd").toString());
        }
        return new NodeRun(
                place,
                new NodeRun.Order(
                        task.commandLine(),
                        task.resourceFiles(),
                        task.outputFiles(),
                        environment,
                        task.maxWallClockTime()));
    }

    private Map<String, String> environment(Path folder, Map<String, String> own) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "HOME", folder.resolve("wd").toString(),
                "AZ_BATCH_ACCOUNT_NAME", "memory",
                "AZ_BATCH_ACCOUNT_URL", "http://127.0.0.1/",
                "AZ_BATCH_POOL_ID", pool.value(),
                "AZ_BATCH_NODE_ID", id.value(),
                "AZ_BATCH_NODE_IS_DEDICATED", Boolean.toString(dedicated)));
        environment.put("AZ_BATCH_NODE_ROOT_DIR", root.toString());
        environment.put("AZ_BATCH_NODE_SHARED_DIR", root.resolve("shared").toString());
        environment.put("AZ_BATCH_NODE_STARTUP_DIR", startup().toString());
        environment.put("AZ_BATCH_NODE_MOUNTS_DIR", root.resolve("fsmounts").toString());
        environment.put("AZ_BATCH_CERTIFICATES_DIR", folder.resolve("certs").toString());
        environment.put("AZ_BATCH_TASK_DIR", folder.toString());
        environment.put("AZ_BATCH_TASK_WORKING_DIR", folder.resolve("wd").toString());
        environment.put("AZ_BATCH_TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES", "0");
        environment.putAll(own);
        return environment;
    }
}
