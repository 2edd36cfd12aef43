package io.twinbatch.api.workflow.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Puts together what the tasks for the pieces of an input have left. */
public interface PieceJoin {
    /**
     * Whether the parts are those of the total, which the tasks store as {@link TaskInputs#countsObject()}; otherwise they are
     * the results.
     */
    boolean joinsCounts();

    /**
     * Makes a result of several.
     *
     * @param folder a folder for this join alone
     * @param parts the names of the parts in it, in the order of the pieces
     * @param target the name of the file in it that is to be written; there is none yet
     * @throws IOException when that fails
     * @throws InterruptedException when this thread is interrupted
     */
    void join(Path folder, List<String> parts, String target) throws IOException, InterruptedException;
}
