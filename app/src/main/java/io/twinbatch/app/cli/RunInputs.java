package io.twinbatch.app.cli;

import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.app.inputs.InputList;
import io.twinbatch.app.inputs.InputResolver;
import io.twinbatch.app.inputs.InputSelection;
import io.twinbatch.app.inputs.OmittedInput;
import io.twinbatch.app.inputs.ResolvedInputs;
import io.twinbatch.app.inputs.TaskTable;
import io.twinbatch.app.inputs.TaskTableReader;
import io.twinbatch.app.inputs.TextCheck;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.OmittedInputLines;
import java.util.List;

/** Finds the inputs that a command line names, and says what is left out of them. */
final class RunInputs {
    private final AppEnvironment appEnvironment;
    private final RunOptions options;
    private final List<String> known;
    private List<OmittedInput> leftOut = List.of();

    /**
     * The inputs of a command line.
     *
     * @param known the inputs that its words meant when it was run before; empty when they are to be found by its words
     */
    RunInputs(AppEnvironment appEnvironment, RunOptions options, List<String> known) {
        this.appEnvironment = appEnvironment;
        this.options = options;
        this.known = List.copyOf(known);
    }

    /** What the last search has left out. */
    List<OmittedInput> leftOut() {
        return leftOut;
    }

    /** The rows of a table of tasks. */
    TaskTable ofTable(String source) {
        new TableOptions(options).requireFit();
        TaskTable table =
                TaskTableReader.read(source, appEnvironment.workingFolder(), appEnvironment.in(), options.strict);
        reportLeftOut(table.leftOut());
        return table;
    }

    /**
     * The files that are named.
     *
     * @param texts whether they are to be texts
     */
    List<InputFile> named(boolean texts) {
        ResolvedInputs inputs = InputResolver.resolve(
                appEnvironment.workingFolder(),
                known.isEmpty() ? options.inputs : List.of(),
                known.isEmpty() ? listedInputs() : known,
                new InputSelection(options.include, options.exclude, options.strict));
        if (inputs.repeated() > 0) {
            appEnvironment
                    .err()
                    .note(HumanFormat.count(inputs.repeated(), "input")
                            + " given more than once, by name or through a link; each is processed once.");
        }
        reportLeftOut(inputs.leftOut());
        if (texts) {
            warnOfInputsWithoutText(inputs.files());
        }
        return inputs.files();
    }

    /** They are counted all the same: the tutorial's program counts them too. */
    private void warnOfInputsWithoutText(List<InputFile> inputs) {
        List<InputFile> others = inputs.parallelStream()
                .filter(input -> !TextCheck.isText(input.path()))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        String more = others.size() > 1 ? " and " + HumanFormat.count(others.size() - 1, "other input") : "";
        appEnvironment
                .err()
                .warning(others.get(0).label() + more + (others.size() > 1 ? " are" : " is")
                        + " not text in UTF-8 or UTF-16; the words counted there mean little (--exclude leaves out"
                        + " files of a folder)");
    }

    private List<String> listedInputs() {
        return options.filesFrom
                .map(list -> new InputList(appEnvironment.workingFolder(), appEnvironment.in()).read(list))
                .orElse(List.of());
    }

    private void reportLeftOut(List<OmittedInput> found) {
        leftOut = found;
        new OmittedInputLines(appEnvironment.err()).print(leftOut);
    }
}
