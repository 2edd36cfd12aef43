package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a task that ended well is expected to have left.
 *
 * @param taskId the task
 * @param manifestObject the name of its manifest
 * @param fileNames the names in the output folder by the names of the objects
 */
public record ExpectedOutputs(String taskId, String manifestObject, Map<String, String> fileNames) {
    public static ExpectedOutputs of(PlannedTask task) {
        Map<String, String> names = new LinkedHashMap<>();
        task.inputs().forEach(input -> names.put(input.outputObject(), input.outputFileName()));
        return new ExpectedOutputs(task.id(), task.work().manifestObject(), names);
    }

    public static ExpectedOutputs of(PlannedTotal total) {
        return new ExpectedOutputs(
                total.id(), total.work().manifestObject(), Map.of(total.work().outputObject(), total.outputFileName()));
    }
}
