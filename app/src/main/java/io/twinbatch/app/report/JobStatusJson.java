package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.app.inspect.JobDetails;
import io.twinbatch.app.inspect.JobList;
import io.twinbatch.app.inspect.JobSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of the JSON document that say how jobs are. */
public final class JobStatusJson {
    private JobStatusJson() {}

    /** Writes a list of jobs. */
    public static void write(JsonGenerator json, JobList jobs, Optional<String> standstill) throws IOException {
        writeStandstill(json, standstill);
        json.writeArrayFieldStart("jobs");
        for (JobSummary job : jobs.jobs()) {
            json.writeStartObject();
            write(json, job);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("omitted", jobs.omitted());
    }

    /** Writes all about one job. */
    public static void write(JsonGenerator json, JobDetails details, Optional<String> standstill) throws IOException {
        writeStandstill(json, standstill);
        json.writeObjectFieldStart("job");
        write(json, details.summary());
        json.writeStringField("waiting", details.waiting().orElse(""));
        writeTexts(json, "troubles", details.problems());
        json.writeArrayFieldStart("nodes");
        for (Node node : details.nodes()) {
            json.writeStartObject();
            json.writeStringField("id", node.id().value());
            json.writeStringField("state", name(node.state()));
            json.writeStringField("since", node.stateSince().toString());
            json.writeBooleanField("dedicated", node.dedicated());
            json.writeNumberField("runningTasks", node.runningTasks());
            json.writeEndObject();
        }
        json.writeEndArray();
        writePreparations(json, details.preparations());
        writeTasks(json, "runningTasks", details.running());
        writeTasks(json, "failedTasks", details.failed());
        json.writeEndObject();
    }

    private static void writeStandstill(JsonGenerator json, Optional<String> standstill) throws IOException {
        json.writeStringField("standstill", standstill.orElse(""));
    }

    private static void write(JsonGenerator json, JobSummary summary) throws IOException {
        Job job = summary.job();
        Optional<RunTags> tags = summary.tags();
        json.writeStringField("id", job.id().value());
        json.writeStringField("run", tags.map(found -> found.run().value()).orElse(""));
        json.writeStringField(
                "owner", tags.flatMap(RunTags::owner).map(RunOwner::value).orElse(""));
        json.writeStringField(
                "leaseEnds", tags.flatMap(RunTags::lease).map(Instant::toString).orElse(""));
        json.writeStringField("state", name(job.state()));
        json.writeBooleanField("atWork", summary.atWork());
        json.writeStringField("endReason", job.endReason().orElse(""));
        json.writeStringField("created", job.created().toString());
        json.writeStringField("ended", job.ended().map(Instant::toString).orElse(""));
        TaskCounts counts = summary.counts();
        json.writeObjectFieldStart("tasks");
        json.writeNumberField("queued", counts.queued());
        json.writeNumberField("running", counts.running());
        json.writeNumberField("succeeded", counts.succeeded());
        json.writeNumberField("failed", counts.failed());
        json.writeEndObject();
        writePool(json, job.spec().pool().value(), summary.pool());
    }

    private static void writePool(JsonGenerator json, String id, Optional<Pool> pool) throws IOException {
        json.writeObjectFieldStart("pool");
        json.writeStringField("id", id);
        json.writeStringField("state", pool.map(found -> name(found.state())).orElse("missing"));
        json.writeNumberField(
                "nodes",
                pool.map(found -> found.currentDedicatedNodes() + found.currentSpotNodes())
                        .orElse(0));
        json.writeNumberField(
                "targetNodes", pool.map(found -> found.spec().nodes()).orElse(0));
        writeTexts(
                json,
                "resizeErrors",
                pool.map(Pool::resizeErrors).orElse(List.of()).stream()
                        .map(error -> error.code() + ": " + error.message())
                        .toList());
        json.writeEndObject();
    }

    private static void writePreparations(JsonGenerator json, List<NodePreparation> preparations) throws IOException {
        json.writeArrayFieldStart("preparations");
        for (NodePreparation preparation : preparations) {
            json.writeStartObject();
            json.writeStringField("node", preparation.node().value());
            json.writeStringField(
                    "status", preparation.running() ? "running" : preparation.hasFailed() ? "failed" : "done");
            json.writeStringField(
                    "message", preparation.failure().map(Object::toString).orElse(""));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void writeTasks(JsonGenerator json, String field, List<Task> tasks) throws IOException {
        json.writeArrayFieldStart(field);
        for (Task task : tasks) {
            json.writeStartObject();
            json.writeStringField("task", task.key().task());
            json.writeStringField("status", task.status().describe());
            json.writeStringField("node", task.node().map(Object::toString).orElse(""));
            json.writeStringField("created", task.created().toString());
            json.writeStringField(
                    "started", task.started().map(Instant::toString).orElse(""));
            json.writeStringField("ended", task.ended().map(Instant::toString).orElse(""));
            if (task.exitCode().isPresent()) {
                json.writeNumberField("taskExitCode", task.exitCode().getAsInt());
            }
            json.writeNumberField("retries", task.retries());
            json.writeNumberField("requeues", task.requeues());
            if (task.usage().isPresent()) {
                write(json, task.usage().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, TaskUsage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("peakMemoryBytes", usage.peakMemory());
        json.writeNumberField("userSeconds", JsonReport.seconds(usage.userTime()));
        json.writeNumberField("kernelSeconds", JsonReport.seconds(usage.kernelTime()));
        if (usage.io().isPresent()) {
            json.writeNumberField("bytesRead", usage.io().get().bytesRead());
            json.writeNumberField("bytesWritten", usage.io().get().bytesWritten());
        }
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
