package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.api.command.CommandProgram;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.PreflightRefusal;
import io.twinbatch.app.report.ElapsedTime.Measured;
import io.twinbatch.app.report.ResultText.WordCount;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON document for machines; {@code docs/json-output.md} describes it. It is written as it is made, so that ten
 * thousand results need no memory. In every document: {@code format}, {@code version}, {@code command}, {@code status},
 * {@code exitCode}, and {@code error} when something other than a task failed.
 */
public final class JsonReport {
    private static final int FORMAT = 1;

    private final OutputStream out;

    /** Writes to a stream, which stays open. */
    public JsonReport(OutputStream out) {
        this.out = out;
    }

    /** Writes how a run went. */
    public void writeResult(FinishedRun run) {
        RunHeader header = run.header();
        RunResult result = run.result();
        write(run.command(), run.status(), run.exitCode(), json -> {
            writeError(json, result.failure());
            writeRun(json, header, run.time());
            json.writeArrayFieldStart("inputs");
            for (InputResult input : result.inputs()) {
                json.writeStartObject();
                json.writeStringField("input", input.input().file().displayName());
                json.writeNumberField("size", input.input().file().totalSize());
                RowJson.write(json, input.input().file());
                if (input.taskId().isPresent()) {
                    json.writeStringField("task", input.taskId().get());
                }
                writeOutcome(json, header, input.outcome());
                json.writeEndObject();
            }
            json.writeEndArray();
            OmittedInputLines.write(json, header.leftOut());
            if (result.total().isPresent()) {
                json.writeObjectFieldStart("total");
                writeOutcome(json, header, result.total().get());
                json.writeEndObject();
            }
            if (result.logs().isPresent()) {
                writeLogs(json, result.logs().get());
            }
            writeRemaining(json, result);
            HistoryJson.write(json, run);
        });
    }

    /**
     * Writes what a run would do.
     *
     * @param findings what a check of the plan has found; nothing when it was not checked
     */
    public void writePlan(RunHeader header, List<Finding> findings, ExitCode exitCode) {
        write("run", "planned", exitCode, json -> {
            json.writeObjectFieldStart("plan");
            writeNames(json, header);
            PlanJson.write(json, header);
            PreflightReport.write(json, findings);
            json.writeEndObject();
        });
    }

    /** Writes a failure that is not a task's. */
    public void writeFailure(String command, Throwable failure, String message, ExitCode exitCode) {
        String status = exitCode == ExitCode.INTERRUPTED || exitCode == ExitCode.TERMINATED ? "interrupted" : "error";
        write(command, status, exitCode, json -> {
            json.writeObjectFieldStart("error");
            if (failure instanceof BatchException batch) {
                writeBatchException(json, batch);
            } else {
                json.writeStringField("code", code(failure, exitCode));
                json.writeStringField("message", message);
            }
            json.writeEndObject();
            if (failure instanceof PreflightRefusal refusal) {
                PreflightReport.write(json, refusal.findings());
            }
        });
    }

    private static String code(Throwable failure, ExitCode exitCode) {
        if (failure instanceof PreflightRefusal) {
            return "PREFLIGHT";
        }
        return exitCode == ExitCode.USAGE ? "USAGE" : "INTERNAL";
    }

    /** Writes a document whose middle part is the caller's. */
    public void write(String command, String status, ExitCode exitCode, Body body) {
        JsonFactory factory = JsonFactory.builder().build();
        factory.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("version", Version.current().number());
            json.writeStringField("command", command);
            json.writeStringField("status", status);
            json.writeNumberField("exitCode", exitCode.status());
            body.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the JSON document could not be written", e);
        }
    }

    /** The middle part of a document. */
    @FunctionalInterface
    public interface Body {
        /** Writes fields into the open object. */
        void write(JsonGenerator json) throws IOException;
    }

    private static void writeRun(JsonGenerator json, RunHeader header, Measured time) throws IOException {
        json.writeObjectFieldStart("run");
        writeNames(json, header);
        json.writeStringField("started", time.started().toString());
        json.writeStringField("ended", time.ended().toString());
        json.writeNumberField("elapsedSeconds", seconds(time.worked()));
        json.writeEndObject();
    }

    private static void writeNames(JsonGenerator json, RunHeader header) throws IOException {
        json.writeStringField("id", header.plan().id().value());
        json.writeStringField("backend", header.backend());
        json.writeStringField("pool", header.plan().pool().id().value());
        json.writeStringField("job", header.plan().job().id().value());
        json.writeStringField("outputDir", path(header.outputDir()));
        if (header.numWords().isPresent()) {
            json.writeNumberField("numWords", header.numWords().getAsInt());
        }
        if (header.plan().request().program() instanceof CommandProgram command) {
            json.writeStringField("command", command.text());
        }
    }

    private static void writeOutcome(JsonGenerator json, RunHeader header, Outcome outcome) throws IOException {
        if (outcome instanceof Outcome.WithResult done) {
            json.writeStringField("status", outcome instanceof Outcome.UpToDate ? "upToDate" : "done");
            if (done.files().size() == 1) {
                writeFile(json, done.file());
            }
            if (header.numWords().isPresent()) {
                writeWords(json, header.numWords().getAsInt(), done);
            } else {
                json.writeArrayFieldStart("outputs");
                for (CollectedFile file : done.files()) {
                    json.writeStartObject();
                    writeFile(json, file);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            return;
        }
        json.writeStringField("status", statusOf(outcome));
        json.writeStringField("message", outcome.describe());
        if (outcome instanceof Outcome.TaskFailed failed) {
            if (failed.status() instanceof TaskStatus.Failed ended) {
                json.writeNumberField("taskExitCode", ended.exitCode());
            }
            json.writeStringField("stderr", failed.stderrTail());
        }
    }

    private static String statusOf(Outcome outcome) {
        if (outcome instanceof Outcome.TaskFailed) {
            return "taskFailed";
        }
        if (outcome instanceof Outcome.OutputMissing) {
            return "outputMissing";
        }
        if (outcome instanceof Outcome.OutputDiffers) {
            return "outputDiffers";
        }
        return outcome instanceof Outcome.NotDownloaded ? "notDownloaded" : "notRun";
    }

    private static void writeFile(JsonGenerator json, CollectedFile file) throws IOException {
        json.writeStringField("output", path(file.path()));
        json.writeNumberField("outputSize", file.size());
        json.writeStringField("sha256", file.sha256());
    }

    private static void writeWords(JsonGenerator json, int numWords, Outcome.WithResult done) throws IOException {
        List<WordCount> words;
        try {
            words = ResultText.read(done.file().path(), numWords);
        } catch (IOException e) {
            // The result is there and checked; only its words cannot be shown.
            json.writeStringField("message", String.valueOf(e.getMessage()));
            return;
        }
        json.writeArrayFieldStart("words");
        for (WordCount word : words) {
            json.writeStartObject();
            json.writeStringField("word", word.word());
            json.writeNumberField("count", word.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeLogs(JsonGenerator json, RunResult.Logs logs) throws IOException {
        json.writeObjectFieldStart("logs");
        json.writeStringField("folder", path(logs.folder()));
        json.writeNumberField("tasks", logs.tasks());
        json.writeNumberField("omittedTasks", logs.omitted());
        json.writeBooleanField("cut", logs.cut());
        json.writeEndObject();
    }

    private static void writeRemaining(JsonGenerator json, RunResult result) throws IOException {
        json.writeArrayFieldStart("remaining");
        for (RunResult.Remaining remaining : result.remaining()) {
            json.writeStartObject();
            json.writeStringField("resource", remaining.resource().label());
            json.writeStringField("id", remaining.id());
            json.writeStringField("reason", remaining.reason().name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeError(JsonGenerator json, Optional<BatchException> failure) throws IOException {
        if (failure.isPresent()) {
            json.writeObjectFieldStart("error");
            writeBatchException(json, failure.get());
            json.writeEndObject();
        }
    }

    private static void writeBatchException(JsonGenerator json, BatchException failure) throws IOException {
        json.writeStringField("code", failure.code().name());
        json.writeStringField("message", failure.getMessage());
        json.writeStringField("resource", failure.resource());
        if (failure.serviceError().isPresent()) {
            var service = failure.serviceError().get();
            json.writeObjectFieldStart("service");
            json.writeStringField("code", service.code());
            json.writeStringField("message", service.message());
            json.writeStringField("requestId", service.requestId());
            json.writeObjectFieldStart("details");
            for (Map.Entry<String, String> detail : service.details().entrySet()) {
                json.writeStringField(detail.getKey(), detail.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    static String path(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
