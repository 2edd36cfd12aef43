package io.twinbatch.local.emulator.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.emulator.document.JobDocuments;
import io.twinbatch.local.emulator.http.UrlText;
import io.twinbatch.local.engine.EngineView;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.state.ETags;
import io.twinbatch.local.state.History;
import io.twinbatch.local.state.JobOnNode;
import io.twinbatch.local.state.JobPhase;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.NodeTaskResult;
import io.twinbatch.local.state.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Jobs as the service shows them. */
final class JobView {
    private final EngineView engine;
    private final Clock clock;

    JobView(EngineView engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    static String url(String base, JobRecord job) {
        return url(base, job.spec().id());
    }

    static String url(String base, JobId job) {
        return base + "/jobs/" + UrlText.encode(job.value());
    }

    ObjectNode render(String base, JobRecord job, boolean stats) {
        History<JobPhase> history = job.history();
        ObjectNode document = JobDocuments.document(job);
        document.put("id", job.spec().id().value())
                .put("url", url(base, job))
                .put("eTag", ETags.of(history.lastModified()))
                .put("lastModified", Times.text(history.lastModified()))
                .put("creationTime", Times.text(job.created()))
                .put("state", Renderer.lower(job.state()))
                .put("stateTransitionTime", Times.text(history.since()));
        history.previous().ifPresent(previous -> document.put("previousState", Renderer.lower(previous)));
        Renderer.putTime(document, "previousStateTransitionTime", history.previousSince());
        ObjectNode info = document.putObject("executionInfo").put("startTime", Times.text(job.created()));
        info.put("poolId", job.spec().pool().value());
        Renderer.putTime(info, "endTime", job.ended());
        job.endReason().ifPresent(reason -> info.put("terminateReason", reason));
        if (stats) {
            document.set("stats", stats(url(base, job), List.of(job)));
        }
        return document;
    }

    /** Statistics of jobs together. */
    ObjectNode stats(String url, List<JobRecord> jobs) {
        Instant now = clock.instant();
        Duration wall = Duration.ZERO;
        Duration wait = Duration.ZERO;
        long succeeded = 0;
        long failed = 0;
        long retries = 0;
        for (JobRecord job : jobs) {
            for (TaskRecord task :
                    List.copyOf(engine.tasksAfter(job.spec().id(), "").values())) {
                wall = wall.plus(task.started()
                        .map(start -> Duration.between(start, task.ended().orElse(now)))
                        .orElse(Duration.ZERO));
                wait = wait.plus(Duration.between(task.created(), task.started().orElse(now)));
                succeeded += task.status() instanceof TaskStatus.Succeeded ? 1 : 0;
                failed += task.status().isFailure() ? 1 : 0;
                retries += task.retries();
            }
        }
        Instant start =
                jobs.stream().map(JobRecord::created).min(Instant::compareTo).orElse(now);
        return Renderer.stats(url, start, now, wall, wait)
                .put("numSucceededTasks", Long.toString(succeeded))
                .put("numFailedTasks", Long.toString(failed))
                .put("numTaskRetries", Long.toString(retries));
    }

    /** How a job's own tasks went on a node. */
    static ObjectNode onNode(String base, JobRecord job, JobOnNode on) {
        String nodeUrl = NodeView.url(base, on.pool(), on.node());
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
                .put("startTime", Times.text(result.started()));
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
