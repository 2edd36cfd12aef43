package io.twinbatch.api.pool;

import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.SpecLimits;
import io.twinbatch.api.task.TaskContainer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What each node runs once as it joins the pool. Tasks are scheduled on the node only after it succeeded; a node on
 * which it failed takes no tasks.
 *
 * @param commandLine the command line, not run by a shell (see {@link io.twinbatch.api.task.CommandLine})
 * @param resourceFiles files placed in its working folder first
 * @param environment variables beside those that every node sets
 * @param elevated whether it runs with administrator rights, where the provider has them to give
 * @param maxRetries how often it is tried again after a non-zero exit code; 0 or more
 * @param container the container in which it runs, which only a pool with container images allows; empty to run on the
 *     node itself
 */
public record StartTask(
        String commandLine,
        List<ResourceFile> resourceFiles,
        Map<String, String> environment,
        boolean elevated,
        int maxRetries,
        Optional<TaskContainer> container) {
    public StartTask {
        Objects.requireNonNull(commandLine, "commandLine");
        resourceFiles = List.copyOf(resourceFiles);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(container, "container");
        SpecLimits.requireCommandLine("start task", commandLine);
        SpecLimits.requireResourceFiles("start task", resourceFiles);
        SpecLimits.requireEnvironment("start task", environment);
        if (maxRetries < 0) {
            throw new IllegalArgumentException("maxRetries is 0 or more, not " + maxRetries);
        }
    }

    /** A start task that runs on the node itself. */
    public StartTask(
            String commandLine,
            List<ResourceFile> resourceFiles,
            Map<String, String> environment,
            boolean elevated,
            int maxRetries) {
        this(commandLine, resourceFiles, environment, elevated, maxRetries, Optional.empty());
    }

    /** The same in a container. */
    public StartTask in(TaskContainer where) {
        return new StartTask(commandLine, resourceFiles, environment, elevated, maxRetries, Optional.of(where));
    }

    /** Without what may hold secrets: the command line, the variables and the signed URLs. */
    @Override
    public String toString() {
        return "start task with " + resourceFiles.size() + " resource files";
    }
}
