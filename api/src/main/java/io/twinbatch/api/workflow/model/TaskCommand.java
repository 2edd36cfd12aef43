package io.twinbatch.api.workflow.model;

import io.twinbatch.api.task.NodePath;
import java.util.Map;
import java.util.Objects;

/**
 * What a task runs. It holds no secrets, so that it can be shown.
 *
 * @param commandLine the command line, not run by a shell (see {@link io.twinbatch.api.task.CommandLine})
 * @param environment variables for the task, none of them secret
 * @param files small text files to place in the task's working folder: path relative to it, and content (stored as
 *     UTF-8); for long lists of arguments
 */
public record TaskCommand(String commandLine, Map<String, String> environment, Map<String, String> files) {
    public TaskCommand {
        Objects.requireNonNull(commandLine, "commandLine");
        environment = Map.copyOf(environment);
        files = Map.copyOf(files);
        files.keySet().forEach(path -> NodePath.requireInside("file", path));
    }

    /** A command without variables and files. */
    public static TaskCommand of(String commandLine) {
        return new TaskCommand(commandLine, Map.of(), Map.of());
    }
}
