package io.twinbatch.api.command;

import io.twinbatch.api.task.OutputFile.Condition;
import io.twinbatch.api.workflow.model.ResultPart;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskOutput;
import io.twinbatch.api.workflow.model.TaskProgram.TotalProgram;
import io.twinbatch.api.workflow.model.TotalInputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command that makes one result of all.
 *
 * @param text the command
 */
record Combination(CommandText text) implements TotalProgram {
    private static final String OBJECTS = "combined";

    NodeScript nodeScript() {
        return new NodeScript("twinbatch-combine", text.forAllResults(), List.of(), OBJECTS);
    }

    @Override
    public String outputFileName() {
        return "COMBINED.out";
    }

    @Override
    public String outputObject() {
        return OBJECTS + "/r-1";
    }

    @Override
    public boolean combinesResults() {
        return true;
    }

    @Override
    public Map<String, String> partLists(List<ResultPart> parts, List<String> paths) {
        StringBuilder list = new StringBuilder("mkdir -p combined\n");
        StringBuilder call = new StringBuilder("tb_combine");
        for (int i = 0; i < parts.size(); i++) {
            String place = parts.get(i).place();
            list.append("tb_part ")
                    .append(paths.get(i))
                    .append(' ')
                    .append(ShellWord.quoted(place))
                    .append('\n');
            call.append(' ').append(ShellWord.quoted(InputPlaceholder.path(place)));
        }
        return Map.of(NodeScript.INPUT_LIST, list.append(call).append('\n').toString());
    }

    @Override
    public Optional<String> shownCommand() {
        return Optional.of(text.text());
    }

    @Override
    public TaskCommand command(TotalInputs work) {
        return nodeScript()
                .run(
                        Map.of(),
                        Map.of(),
                        List.of(
                                new TaskOutput(NodeScript.RESULTS, OBJECTS, Condition.SUCCESS),
                                new TaskOutput(NodeScript.MANIFEST, work.manifestObject(), Condition.SUCCESS)));
    }
}
