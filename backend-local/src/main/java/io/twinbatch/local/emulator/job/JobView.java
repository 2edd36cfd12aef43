package io.twinbatch.local.emulator.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.local.emulator.operation.Renderer;
import io.twinbatch.local.emulator.operation.ResourceUrls;
import io.twinbatch.local.emulator.operation.WireTimes;
import io.twinbatch.local.engine.view.EngineView;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.record.ETags;
import io.twinbatch.local.record.JobOnNode;
import io.twinbatch.local.record.JobPhase;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeTaskResult;
import io.twinbatch.local.record.StateHistory;
import io.twinbatch.local.record.TaskPhase;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Jobs as the service shows them. */
public final class JobView {
    private final EngineView engine;
    private final Clock clock;

    public JobView(EngineView engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    public ObjectNode render(String base, JobRecord job, boolean stats) {
        StateHistory<JobPhase> history = job.history();
        ObjectNode document = JobDocuments.document(job);
        document.put("url", ResourceUrls.job(base, job.spec().id()))
                .put("eTag", ETags.of(history.lastModified()))
                .put("lastModified", WireTimes.text(history.lastModified()))
                .put("creationTime", WireTimes.text(job.created()))
                .put("state", Renderer.lower(job.state()))
                .put("stateTransitionTime", WireTimes.text(history.since()));
        history.previous().ifPresent(previous -> document.put("previousState", Renderer.lower(previous)));
        Renderer.putTime(document, "previousStateTransitionTime", history.previousSince());
        ObjectNode info = document.putObject("executionInfo").put("startTime", WireTimes.text(job.created()));
        info.put("poolId", job.spec().pool().value());
        Renderer.putTime(info, "endTime", job.ended());
        job.endReason().ifPresent(reason -> info.put("terminateReason", reason));
        if (stats) {
            document.set("stats", stats(ResourceUrls.job(base, job.spec().id()), List.of(job)));
        }
        return document;
    }

    /** Statistics of jobs together. */
    public ObjectNode stats(String url, List<JobRecord> jobs) {
        Instant now = clock.instant();
        Duration wall = Duration.ZERO;
        Duration wait = Duration.ZERO;
        List<TaskUsage> usages = new ArrayList<>();
        long succeeded = 0;
        long failed = 0;
        long retries = 0;
        for (JobRecord job : jobs) {
            for (TaskRecord task :
                    List.copyOf(engine.tasksAfter(job.spec().id(), "").values())) {
                // One that is queued again runs no longer.
                wall = wall.plus(task.started()
                        .filter(start -> task.phase() != TaskPhase.ACTIVE)
                        .map(start -> Duration.between(start, task.ended().orElse(now)))
                        .orElse(Duration.ZERO));
                wait = wait.plus(Duration.between(task.created(), task.started().orElse(now)));
                succeeded += task.status() instanceof TaskStatus.Succeeded ? 1 : 0;
                failed += task.status().isFailure() ? 1 : 0;
                retries += task.retries();
                task.usage().ifPresent(usages::add);
            }
        }
        Instant start =
                jobs.stream().map(JobRecord::created).min(Instant::compareTo).orElse(now);
        return Renderer.stats(url, start, now, wall, wait, usages.stream().reduce(TaskUsage::plus))
                .put("numSucceededTasks", Long.toString(succeeded))
                .put("numFailedTasks", Long.toString(failed))
                .put("numTaskRetries", Long.toString(retries));
    }

    /** How a job's own tasks went on a node. */
    static ObjectNode onNode(String base, JobRecord job, JobOnNode on) {
        String nodeUrl = ResourceUrls.node(base, on.pool(), on.node());
        ObjectNode document = Renderer.object()
                .put("poolId", on.pool().value())
                .put("nodeId", on.node().value())
                .put("nodeUrl", nodeUrl);
        String jobId = job.spec().id().value();
        ObjectNode preparation = result(
                nodeUrl, NodeFolder.taskPath(jobId, job.rules().preparation().id()), on.preparation());
        preparation.put("retryCount", on.preparation().retries());
        Renderer.putTime(preparation, "lastRetryTime", on.preparation().lastRetry());
        document.set("jobPreparationTaskExecutionInfo", preparation);
        on.release()
                .ifPresent(release -> document.set(
                        "jobReleaseTaskExecutionInfo",
                        result(
                                nodeUrl,
                                NodeFolder.taskPath(jobId, job.rules().release().id()),
                                release)));
        return document;
    }

    private static ObjectNode result(String nodeUrl, String root, NodeTaskResult result) {
        ObjectNode document = Renderer.object()
                .put("state", result.ended().isPresent() ? "completed" : "running")
                .put("startTime", WireTimes.text(result.started()));
        Renderer.putTime(document, "endTime", result.ended());
        document.put("taskRootDirectory", root).put("taskRootDirectoryUrl", nodeUrl + "/files/" + root);
        Renderer.putCode(document, result.exitCode());
        result.failure().ifPresent(failure -> document.set("failureInfo", Renderer.failure(failure)));
        if (result.ended().isPresent()) {
            document.put("result", result.failure().isPresent() ? "failure" : "success");
        }
        return document;
    }
}
