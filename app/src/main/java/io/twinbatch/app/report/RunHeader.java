package io.twinbatch.app.report;

import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.app.inputs.OmittedInput;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a report says about a run beside its plan and result.
 *
 * @param backend the name of the backend
 * @param plan the plan
 * @param outputDir the folder of the results as the user knows it
 * @param numWords how many words a result has at most; empty when the results are not lists of words
 * @param leftOut what folders held beside the inputs and the run does not process
 */
public record RunHeader(
        String backend, RunPlan plan, Path outputDir, OptionalInt numWords, List<OmittedInput> leftOut) {
    public RunHeader {
        leftOut = List.copyOf(leftOut);
    }
}
