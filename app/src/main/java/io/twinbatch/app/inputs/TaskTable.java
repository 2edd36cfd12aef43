package io.twinbatch.app.inputs;

import io.twinbatch.api.command.TableColumn;
import io.twinbatch.api.workflow.model.InputFile;
import java.util.List;

/**
 * A table of tasks, read and checked.
 *
 * @param columns the columns, in order
 * @param rows what each row gives its task, in order, at least one
 * @param leftOut what its patterns match and cannot be an input
 */
public record TaskTable(List<TableColumn> columns, List<InputFile> rows, List<OmittedInput> leftOut) {
    public TaskTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }
}
