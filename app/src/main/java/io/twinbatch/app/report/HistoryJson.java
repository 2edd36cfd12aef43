package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.app.report.RunHistory.StepTime;
import io.twinbatch.app.report.RunHistory.Transferred;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** The part of the JSON document that says what happened in a run on the way to its result. */
final class HistoryJson {
    private HistoryJson() {}

    static void write(JsonGenerator json, FinishedRun run) throws IOException {
        RunHistory history = run.history();
        JobStatusJson.writeTasks(json, "tasks", history.tasks());
        json.writeArrayFieldStart("steps");
        for (StepTime step : history.steps()) {
            json.writeStartObject();
            json.writeStringField("step", step.step().name().toLowerCase(Locale.ROOT));
            json.writeStringField("started", step.started().toString());
            if (step.elapsed().isPresent()) {
                json.writeNumberField(
                        "elapsedSeconds", JsonReport.seconds(step.elapsed().get()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("transfers");
        writeTransferred(json, "uploads", history.uploads());
        writeTransferred(json, "downloads", history.downloads());
        json.writeEndObject();
        writeNodes(json, history.nodes(), run.nodePrice());
        json.writeObjectFieldStart("options");
        PlanJson.writeOptions(json, run.header().plan());
        json.writeEndObject();
        json.writeArrayFieldStart("warnings");
        for (String warning : history.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("versions");
        Version version = Version.current();
        json.writeStringField("build", version.build());
        json.writeStringField("java", Runtime.version().toString());
        json.writeStringField("system", Version.system());
        json.writeEndObject();
    }

    private static void writeTransferred(JsonGenerator json, String field, Transferred transferred) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("files", transferred.files());
        json.writeNumberField("bytes", transferred.bytes());
        json.writeNumberField("elapsedSeconds", JsonReport.seconds(transferred.elapsed()));
        json.writeEndObject();
    }

    private static void writeNodes(JsonGenerator json, RunHistory.NodeUse nodes, Optional<BigDecimal> price)
            throws IOException {
        json.writeObjectFieldStart("nodes");
        json.writeNumberField("most", nodes.most());
        json.writeNumberField("nodeSeconds", JsonReport.seconds(nodes.time()));
        if (price.isPresent()) {
            json.writeNumberField("pricePerHour", price.get());
            json.writeNumberField("cost", nodes.cost(price.get()));
        }
        json.writeEndObject();
    }
}
