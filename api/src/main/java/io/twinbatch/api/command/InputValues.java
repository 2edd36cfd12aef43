package io.twinbatch.api.command;

import io.twinbatch.api.workflow.model.NumberedNaming;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.TaskRow;
import java.util.Map;

/**
 * What placeholders stand for.
 *
 * @param fileName the name of the input
 * @param number its number in the run
 * @param variables the variables of its row
 */
record InputValues(String fileName, int number, Map<String, String> variables) {
    static InputValues of(PlannedInput input) {
        return new InputValues(
                input.file().fileName(),
                NumberedNaming.number(input),
                input.file().row().map(TaskRow::variables).orElse(Map.of()));
    }
}
