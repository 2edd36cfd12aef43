package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PieceJoin;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.TaskProgram;
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
 * @param piece the piece of an input that the task has; empty for a task of whole inputs
 * @param countsOfPiece what is put together with what the tasks of the other pieces leave, in place of the result; empty when
 *     that is the result
 */
public record ExpectedOutputs(
        String taskId,
        String manifestObject,
        Map<String, String> fileNames,
        Map<String, PlannedInput> named,
        Optional<String> failedManifestObject,
        Optional<Outcome> failure,
        Optional<PlannedInput> piece,
        Optional<String> countsOfPiece) {
    public static ExpectedOutputs of(PlannedTask task, TaskProgram program) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, PlannedInput> named = new LinkedHashMap<>();
        for (PlannedInput input : task.inputs()) {
            names.put(input.outputObject(), input.outputFileName());
            if (program.namesItsResults()) {
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
                Optional.empty(),
                task.inputs().stream()
                        .filter(input -> input.piece().isPresent())
                        .findFirst(),
                program.pieces()
                        .filter(PieceJoin::joinsCounts)
                        .filter(join -> task.inputs().get(0).piece().isPresent())
                        .flatMap(join -> task.work().countsObject()));
    }

    public static ExpectedOutputs of(PlannedTotal total) {
        return new ExpectedOutputs(
                total.id(),
                total.work().manifestObject(),
                Map.of(total.work().outputObject(), total.outputFileName()),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What a task may have left that failed for some of its inputs; empty when it leaves nothing then. */
    public Optional<ExpectedOutputs> afterFailure(Outcome how) {
        return failedManifestObject
                .filter(manifest -> fileNames.size() > 1)
                .map(manifest -> new ExpectedOutputs(
                        taskId,
                        manifest,
                        fileNames,
                        named,
                        failedManifestObject,
                        Optional.of(how),
                        Optional.empty(),
                        Optional.empty()));
    }
}
