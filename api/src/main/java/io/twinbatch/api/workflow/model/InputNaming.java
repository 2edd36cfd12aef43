package io.twinbatch.api.workflow.model;

import io.twinbatch.api.workflow.model.PlannedInput.Piece;
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

    /**
     * Names a piece of an input.
     *
     * @param which the piece
     * @param length how many bytes it has
     */
    default PlannedInput piece(Piece which, long length) {
        return which.whole().piece(which, length, "/" + which.number());
    }

    /** The same for results in a new folder. */
    default List<PlannedInput> name(List<InputFile> inputs, Optional<String> totalFileName) {
        return name(inputs, totalFileName, ResultNames.NEW_FOLDER);
    }
}
