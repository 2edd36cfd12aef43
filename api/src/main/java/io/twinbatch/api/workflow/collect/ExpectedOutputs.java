package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a task that ended well is expected to have left.
 *
 * @param taskId the task
 * @param manifestObject the name of its manifest
 * @param fileNames the names in the output folder by the names of the objects
 * @param named the inputs, by the names of their result objects, whose results are those that the manifest names; empty
 *     when the plan names them
 * @param failedManifestObject the name of the manifest that it stores when it fails; empty for one that stores none
 * @param failure how the task has failed, which then is the outcome of all that the manifest does not list; empty for a
 *     task that ended well
 */
public record ExpectedOutputs(
        String taskId,
        String manifestObject,
        Map<String, String> fileNames,
        Map<String, PlannedInput> named,
        Optional<String> failedManifestObject,
        Optional<Outcome> failure) {
    public static ExpectedOutputs of(PlannedTask task, boolean namesItsResults) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, PlannedInput> named = new LinkedHashMap<>();
        for (PlannedInput input : task.inputs()) {
            names.put(input.outputObject(), input.outputFileName());
            if (namesItsResults) {
                named.put(input.outputObject(), input);
            }
        }
        String failed = task.work().failedManifestObject();
        boolean storesIt = task.command().outputs().stream()
                .anyMatch(output -> output.object().equals(failed));
        return new ExpectedOutputs(
                task.id(),
                task.work().manifestObject(),
                names,
                named,
                storesIt ? Optional.of(failed) : Optional.empty(),
                Optional.empty());
    }

    public static ExpectedOutputs of(PlannedTotal total) {
        return new ExpectedOutputs(
                total.id(),
                total.work().manifestObject(),
                Map.of(total.work().outputObject(), total.outputFileName()),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** What a task may have left that failed for some of its inputs; empty when it leaves nothing then. */
    public Optional<ExpectedOutputs> afterFailure(Outcome how) {
        return failedManifestObject
                .filter(manifest -> fileNames.size() > 1)
                .map(manifest -> new ExpectedOutputs(
                        taskId, manifest, fileNames, named, failedManifestObject, Optional.of(how)));
    }
}
