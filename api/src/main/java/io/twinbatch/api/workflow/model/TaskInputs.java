package io.twinbatch.api.workflow.model;

import io.twinbatch.api.storage.ContainerName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one task has to do, as its {@link TaskProgram} needs to know it.
 *
 * @param taskId the task's identifier
 * @param inputs its inputs, in order, at least one; each lies at its {@link PlannedInput#nodePath()}, and its result is
 *     to be stored as its {@link PlannedInput#outputObject()}
 * @param manifestObject the name under which the list of the outputs is to be stored, after them
 * @param countsObject the name under which the task's part of the total is to be stored; empty when no total is wanted
 * @param outputContainer the container that takes all of these
 */
public record TaskInputs(
        String taskId,
        List<PlannedInput> inputs,
        String manifestObject,
        Optional<String> countsObject,
        ContainerName outputContainer) {
    /**
     * The name under which a task that fails may store the list of the outputs that it has made nevertheless. It is another
     * one than that of a success, which says that the task is done.
     */
    public String failedManifestObject() {
        return manifestObject + ".failed";
    }

    public TaskInputs {
        Objects.requireNonNull(taskId, "taskId");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(manifestObject, "manifestObject");
        Objects.requireNonNull(countsObject, "countsObject");
        Objects.requireNonNull(outputContainer, "outputContainer");
    }
}
