package io.twinbatch.api.workflow.model;

import io.twinbatch.api.storage.ContainerName;
import java.util.List;
import java.util.Objects;

/**
 * What the task of the second phase has to do: make one result out of what the tasks of the first phase left.
 *
 * @param taskId the task's identifier
 * @param countsPaths where the parts lie on the node, relative to the task's working folder, in the order of the tasks
 * @param outputObject the name under which the result is to be stored
 * @param manifestObject the name under which the list of the outputs is to be stored, after them
 * @param outputContainer the container that takes both
 */
public record TotalInputs(
        String taskId,
        List<String> countsPaths,
        String outputObject,
        String manifestObject,
        ContainerName outputContainer) {
    public TotalInputs {
        Objects.requireNonNull(taskId, "taskId");
        countsPaths = List.copyOf(countsPaths);
        Objects.requireNonNull(outputObject, "outputObject");
        Objects.requireNonNull(manifestObject, "manifestObject");
        Objects.requireNonNull(outputContainer, "outputContainer");
    }
}
