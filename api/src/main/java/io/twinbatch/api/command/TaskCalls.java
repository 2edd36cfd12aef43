package io.twinbatch.api.command;

import io.twinbatch.api.workflow.model.NumberedNaming;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.PlannedInput.StagedFile;
import io.twinbatch.api.workflow.model.TaskRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a task learns from its node script what to run the command for: by its variables when there is one input, and by a
 * file with a call for each input otherwise.
 *
 * @param inputs the inputs
 * @param columns the columns of their table; none without a table
 */
record TaskCalls(List<PlannedInput> inputs, List<TableColumn> columns) {
    private static final String NAME = "TWINBATCH_INPUT_NAME";

    /** The variables of the task; none when there is a file. */
    Map<String, String> environment() {
        if (!fitsVariables()) {
            return Map.of();
        }
        PlannedInput input = inputs.get(0);
        Map<String, String> environment =
                new HashMap<>(input.file().row().map(TaskRow::variables).orElse(Map.of()));
        environment.put("TWINBATCH_INPUT_NUMBER", NumberedNaming.id(input));
        environment.put(NAME, input.file().fileName());
        environment.put("TWINBATCH_INPUT_PLACED", placed(input));
        return environment;
    }

    /** The file with the calls; none when there are variables. */
    Map<String, String> files() {
        return fitsVariables()
                ? Map.of()
                : Map.of(NodeScript.INPUT_LIST, inputs.stream().map(this::call).collect(Collectors.joining()));
    }

    private boolean fitsVariables() {
        Optional<TaskRow> row = inputs.get(0).file().row();
        boolean plain = isPlain(inputs.get(0).file().fileName())
                && row.stream()
                        .flatMap(its -> its.variables().values().stream())
                        .allMatch(TaskCalls::isPlain);
        boolean noFurtherFiles = row.map(its -> its.files().isEmpty()).orElse(true);
        return inputs.size() == 1 && plain && noFurtherFiles;
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    /** The name under which the node places an input; empty without one. */
    private static String placed(PlannedInput input) {
        return input.file().isFile() ? NumberedNaming.placedName(input) : "";
    }

    private String call(PlannedInput input) {
        String words = NumberedNaming.id(input) + " "
                + ShellWord.quoted(input.file().fileName()) + " " + ShellWord.quoted(placed(input)) + "\n";
        return input.file().row().map(row -> rowCall(input, row, words)).orElseGet(() -> "tb_input " + words);
    }

    private String rowCall(PlannedInput input, TaskRow row, String words) {
        StringBuilder call = new StringBuilder("tb_begin ").append(words);
        List<StagedFile> staged = input.files()
                .subList(input.file().isFile() ? 1 : 0, input.files().size());
        for (int i = 0; i < staged.size(); i++) {
            call.append("tb_file ")
                    .append(ShellWord.quoted(staged.get(i).nodePath()))
                    .append(' ')
                    .append(ShellWord.quoted(row.files().get(i).place()))
                    .append('\n');
        }
        columns.stream()
                .filter(column -> column.isInput() && column.kind() == TableColumn.Kind.FILES)
                .forEach(column -> call.append("TWINBATCH_INPUT=")
                        .append(ShellWord.quoted(column.pattern()))
                        .append('\n'));
        row.variables()
                .forEach((name, value) -> call.append(name)
                        .append('=')
                        .append(ShellWord.quoted(value))
                        .append("\nexport ")
                        .append(name)
                        .append('\n'));
        return call.append("tb_run\n").toString();
    }
}
