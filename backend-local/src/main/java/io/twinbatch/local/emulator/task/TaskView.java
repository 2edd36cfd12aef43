package io.twinbatch.local.emulator.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.record.ETags;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.StateHistory;
import io.twinbatch.local.record.TaskPhase;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tasks as the service shows them. */
public final class TaskView {
    private final Clock clock;

    TaskView(Clock clock) {
        this.clock = clock;
    }

    /** The affinity id of a node, by which a task can ask for it. */
    public static String affinity(NodeId node) {
        return "TVM:" + node.value();
    }

    ObjectNode render(String base, JobRecord job, TaskRecord task, boolean stats) {
        StateHistory<TaskPhase> phases = task.history().phases();
        ObjectNode document = TaskDocuments.document(job, task);
        document.put("url", ResourceUrls.task(base, task.key()));
        document.put("eTag", ETags.of(phases.lastModified()));
        document.put("creationTime", WireTimes.text(task.created()));
        document.put("lastModified", WireTimes.text(phases.lastModified()));
        document.put("state", Renderer.lower(task.phase()));
        document.put("stateTransitionTime", WireTimes.text(phases.since()));
        phases.previous().ifPresent(previous -> document.put("previousState", Renderer.lower(previous)));
        Renderer.putTime(document, "previousStateTransitionTime", phases.previousSince());
        document.set("executionInfo", executionInfo(task));
        if (task.phase() != TaskPhase.ACTIVE && task.node().isPresent()) {
            document.set("nodeInfo", nodeInfo(base, task, task.node().get()));
        }
        if (stats && task.started().isPresent()) {
            document.set("stats", stats(base, task));
        }
        return document;
    }

    /** How a task goes. */
    public static ObjectNode executionInfo(TaskRecord task) {
        ObjectNode info = Renderer.object();
        if (task.phase() == TaskPhase.RUNNING || task.phase() == TaskPhase.COMPLETED) {
            Renderer.putTime(info, "startTime", task.started());
        }
        Renderer.putTime(info, "endTime", task.ended());
        if (task.phase() == TaskPhase.COMPLETED) {
            Renderer.putCode(info, task.exitCode());
            info.put("result", task.status().isFailure() ? "failure" : "success");
        }
        failure(task.status()).ifPresent(failure -> info.set("failureInfo", Renderer.failure(failure)));
        info.put("retryCount", task.retries());
        Renderer.putTime(info, "lastRetryTime", task.history().lastRetry());
        info.put("requeueCount", task.requeues());
        Renderer.putTime(info, "lastRequeueTime", task.history().lastRequeue());
        return info;
    }

    private static Optional<FailureInfo> failure(TaskStatus status) {
        return status instanceof TaskStatus.Failed
                ? Optional.of(FailureInfo.of("FailureExitCode", ""))
                : status.cause();
    }

    /** Where a task, or a subtask of it, runs. */
    static ObjectNode nodeInfo(String base, TaskRecord task, NodeId node) {
        PoolId pool = task.pool().orElseThrow();
        String nodeUrl = ResourceUrls.node(base, pool, node);
        String root = NodeFolder.taskPath(task.job().value(), task.spec().id());
        return Renderer.object()
                .put("affinityId", affinity(node))
                .put("nodeUrl", nodeUrl)
                .put("poolId", pool.value())
                .put("nodeId", node.value())
                .put("taskRootDirectory", root)
                .put("taskRootDirectoryUrl", nodeUrl + "/files/" + root);
    }

    private ObjectNode stats(String base, TaskRecord task) {
        Instant started = task.started().orElseThrow();
        Instant end = task.ended().orElseGet(clock::instant);
        Duration wall = task.phase() == TaskPhase.ACTIVE ? Duration.ZERO : Duration.between(started, end);
        return Renderer.stats(
                ResourceUrls.task(base, task.key()),
                started,
                end,
                wall,
                Duration.between(task.created(), started),
                task.usage());
    }
}
