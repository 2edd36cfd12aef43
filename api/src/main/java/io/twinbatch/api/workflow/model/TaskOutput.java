package io.twinbatch.api.workflow.model;

import io.twinbatch.api.task.NodePath;
import io.twinbatch.api.task.OutputFile.Condition;
import java.util.Objects;

/**
 * Files that a node stores in the output container when the process of a task has ended.
 *
 * @param pattern which files, as in {@link io.twinbatch.api.task.OutputFile}
 * @param object the object's name, or the beginning of the objects' names when the pattern has a wildcard
 * @param condition after which endings
 */
public record TaskOutput(String pattern, String object, Condition condition) {
    public TaskOutput {
        NodePath.requirePatternInside("output", pattern);
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(condition, "condition");
    }
}
