package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.TaskProgram;
import java.io.IOException;
import java.util.Optional;

/** The part of the JSON document that says what a run would create and execute. */
final class PlanJson {
    private PlanJson() {}

    static void write(JsonGenerator json, RunHeader header) throws IOException {
        RunPlan plan = header.plan();
        json.writeArrayFieldStart("containers");
        for (ContainerName container : plan.containers().all()) {
            json.writeString(container.value());
        }
        json.writeEndArray();
        writeOptions(json, plan);
        json.writeArrayFieldStart("tasks");
        for (RunPlan.PlannedTask task : plan.tasks()) {
            writeTask(json, header, task);
        }
        json.writeEndArray();
        OmittedInputLines.write(json, header.leftOut());
        if (plan.total().isPresent()) {
            writeTotal(json, header, plan.total().get());
        }
    }

    static void writeOptions(JsonGenerator json, RunPlan plan) throws IOException {
        json.writeNumberField("nodes", plan.pool().nodes());
        json.writeBooleanField("spot", plan.pool().spotNodes() > 0);
        json.writeNumberField("spotNodes", plan.pool().spotNodes());
        json.writeStringField("vmSize", plan.pool().vmSize());
        json.writeStringField("image", plan.pool().image().toString());
        if (plan.request().program().container().isPresent()) {
            json.writeStringField(
                    "containerImage",
                    plan.request().program().container().get().image().name());
        }
        json.writeNumberField("slotsPerNode", plan.pool().slotsPerNode());
        json.writeNumberField(
                "timeoutSeconds", JsonReport.seconds(plan.request().limits().timeLimit()));
    }

    private static void writeTask(JsonGenerator json, RunHeader header, RunPlan.PlannedTask task) throws IOException {
        json.writeStartObject();
        json.writeStringField("task", task.id());
        json.writeStringField("commandLine", task.command().commandLine());
        json.writeArrayFieldStart("inputs");
        for (PlannedInput input : task.inputs()) {
            json.writeStartObject();
            json.writeStringField("input", input.whole().file().displayName());
            if (input.piece().isPresent()) {
                json.writeNumberField("piece", input.piece().get().number());
                json.writeNumberField("pieces", input.piece().get().count());
                json.writeNumberField("offset", input.piece().get().offset());
            }
            json.writeNumberField("size", input.file().totalSize());
            RowJson.write(json, input.file());
            writeResults(json, header, input);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeResults(JsonGenerator json, RunHeader header, PlannedInput input) throws IOException {
        TaskProgram program = header.plan().request().program();
        Optional<String> command = program.shownCommand(input);
        if (command.isPresent()) {
            json.writeStringField("command", command.get());
        }
        if (!program.namesItsResults()) {
            json.writeStringField("output", output(header, input.outputFileName()));
            return;
        }
        json.writeArrayFieldStart("outputs");
        for (String pattern : program.shownResults(input)) {
            json.writeString(pattern);
        }
        json.writeEndArray();
        json.writeStringField("outputFolder", output(header, input.outputFileName()));
    }

    private static void writeTotal(JsonGenerator json, RunHeader header, RunPlan.PlannedTotal total)
            throws IOException {
        json.writeObjectFieldStart("total");
        json.writeStringField("task", total.id());
        json.writeStringField("commandLine", total.command().commandLine());
        json.writeStringField("output", output(header, total.outputFileName()));
        json.writeEndObject();
    }

    private static String output(RunHeader header, String fileName) {
        return JsonReport.path(header.outputDir().resolve(fileName));
    }
}
