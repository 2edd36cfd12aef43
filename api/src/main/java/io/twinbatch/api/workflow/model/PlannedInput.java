package io.twinbatch.api.workflow.model;

import io.twinbatch.api.task.NodePath;
import java.util.Objects;

/**
 * An input with all the names that it and its output have along the way; each is unique within the run.
 *
 * @param file the local file
 * @param inputObject the object's name in the input container; safe for every store
 * @param nodePath the file's path on the node, relative to the task's working folder: short, plain ASCII
 * @param outputObject the name of its result in the output container; safe for every store
 * @param outputFileName the name of its result in the output folder, with the characters of the input's name
 */
public record PlannedInput(
        InputFile file, String inputObject, String nodePath, String outputObject, String outputFileName) {
    public PlannedInput {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(inputObject, "inputObject");
        NodePath.requireInside("input", nodePath);
        Objects.requireNonNull(outputObject, "outputObject");
        Objects.requireNonNull(outputFileName, "outputFileName");
    }
}
