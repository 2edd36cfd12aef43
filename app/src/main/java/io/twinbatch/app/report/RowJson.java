package io.twinbatch.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.TaskRow;
import java.io.IOException;
import java.util.Map;

/** The part of the JSON document about a row of a table of tasks. */
final class RowJson {
    private RowJson() {}

    /** Writes the number and the variables of the row to which an input belongs; nothing for an input of no table. */
    static void write(JsonGenerator json, InputFile input) throws IOException {
        if (input.row().isEmpty()) {
            return;
        }
        TaskRow row = input.row().get();
        json.writeNumberField("row", row.number());
        json.writeObjectFieldStart("variables");
        for (Map.Entry<String, String> variable : row.variables().entrySet()) {
            json.writeStringField(variable.getKey(), variable.getValue());
        }
        json.writeEndObject();
    }
}
