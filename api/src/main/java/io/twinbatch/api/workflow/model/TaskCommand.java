package io.twinbatch.api.workflow.model;

import io.twinbatch.api.task.NodePath;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a task runs. It holds no secrets, so that it can be shown.
 *
 * @param commandLine the command line, not run by a shell (see {@link io.twinbatch.api.task.CommandLine})
 * @param environment variables for the task, none of them secret
 * @param files small text files to place in the task's working folder: path relative to it, and content (stored as
 *     UTF-8); for long lists of arguments
 * @param outputs what the node stores for the task, in this order; nothing when the task does that itself
 */
public record TaskCommand(
        String commandLine, Map<String, String> environment, Map<String, String> files, List<TaskOutput> outputs) {
    public TaskCommand {
        Objects.requireNonNull(commandLine, "commandLine");
        environment = Map.copyOf(environment);
        files = Map.copyOf(files);
        outputs = List.copyOf(outputs);
        files.keySet().forEach(path -> NodePath.requireInside("file", path));
    }

    /** A command whose task stores its outputs itself. */
    public TaskCommand(String commandLine, Map<String, String> environment, Map<String, String> files) {
        this(commandLine, environment, files, List.of());
    }

    /** A command without variables and files. */
    public static TaskCommand of(String commandLine) {
        return new TaskCommand(commandLine, Map.of(), Map.of());
    }

    /** Leaves out the environment, which has signed URLs. */
    @Override
    public String toString() {
        return "command with " + files.size() + " files and " + outputs.size() + " outputs";
    }
}
