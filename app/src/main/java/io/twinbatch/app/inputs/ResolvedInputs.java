package io.twinbatch.app.inputs;

import io.twinbatch.api.workflow.model.InputFile;
import java.util.List;

/**
 * The files that the user's words stand for.
 *
 * @param files at least one, each file once, in the order in which they were named
 * @param repeated how often a file was named again
 * @param leftOut what folders hold and patterns match beside them; hidden files are not counted
 */
public record ResolvedInputs(List<InputFile> files, int repeated, List<OmittedInput> leftOut) {
    public ResolvedInputs {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
    }
}
