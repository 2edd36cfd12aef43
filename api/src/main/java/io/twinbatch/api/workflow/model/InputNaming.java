package io.twinbatch.api.workflow.model;

import java.util.List;
import java.util.Optional;

/** Names inputs and their results along their way. The same inputs in the same order always get the same names. */
public interface InputNaming {
    /**
     * Names inputs and their results.
     *
     * @param inputs all inputs of a run, in order
     * @param totalFileName the name of the total's result, which no input's result gets; empty when there is none
     * @param names gives results their names in the output folder
     */
    List<PlannedInput> name(List<InputFile> inputs, Optional<String> totalFileName, ResultNames names);

    /** The same for results in a new folder. */
    default List<PlannedInput> name(List<InputFile> inputs, Optional<String> totalFileName) {
        return name(inputs, totalFileName, ResultNames.NEW_FOLDER);
    }
}
