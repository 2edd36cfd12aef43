package io.twinbatch.local.emulator.task;

import static io.twinbatch.local.emulator.document.Schemas.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinbatch.local.emulator.document.BodyFaults;
import io.twinbatch.local.emulator.document.CommandLines;
import io.twinbatch.local.emulator.document.CommonDocuments;
import io.twinbatch.local.emulator.document.CommonSchemas;
import io.twinbatch.local.emulator.document.ObjectSchema;
import io.twinbatch.local.record.MultiInstance;
import java.util.Optional;

/** What documents about tasks say of tasks on several nodes. */
final class MultiInstanceDocuments {
    private static final String SETTINGS = "multiInstanceSettings";
    private static final String COORDINATION = "coordinationCommandLine";

    static final ObjectSchema SCHEMA = new ObjectSchema()
            .mayHave("numberOfInstances", number(1, Integer.MAX_VALUE), 1)
            .needs(COORDINATION, CommonSchemas.COMMAND_LINE)
            .mayHave("commonResourceFiles", CommonSchemas.RESOURCE_FILES);

    private MultiInstanceDocuments() {}

    /**
     * How a task runs on several nodes; empty when it does not.
     *
     * @param task the task, completed
     */
    static Optional<MultiInstance> settings(ObjectNode task) {
        if (!(task.get(SETTINGS) instanceof ObjectNode settings)) {
            return Optional.empty();
        }
        if (task.get("requiredSlots").intValue() != 1) {
            throw BodyFaults.invalid(
                    "requiredSlots", task.get("requiredSlots"), "It is 1 for a task with " + SETTINGS + ".");
        }
        if (task.has("containerSettings")) {
            throw BodyFaults.unsupported(
                    "containerSettings",
                    "a container ends with its command, and with it what the coordination command has started.");
        }
        JsonNode files = settings.path("commonResourceFiles");
        return Optional.of(new MultiInstance(
                settings.get("numberOfInstances").intValue(),
                CommandLines.legal(
                        SETTINGS + "." + COORDINATION,
                        settings.get(COORDINATION).textValue()),
                CommonDocuments.resourceFiles(files),
                CommonDocuments.containers(files)));
    }
}
