package io.twinbatch.api.job;

import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.SpecLimits;
import io.twinbatch.api.task.TaskContainer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node runs once for a job: before the job's first task on it (preparation), or after the job has ended on every
 * node where the preparation ran (release).
 *
 * @param commandLine the command line, not run by a shell (see {@link CommandLine})
 * @param resourceFiles files placed in its working folder first
 * @param environment variables beside those that every task gets
 * @param elevated whether it runs with administrator rights, where the provider has them to give
 * @param container the container in which it runs, which only a pool with container images allows; empty to run on the
 *     node itself
 */
public record JobNodeTask(
        String commandLine,
        List<ResourceFile> resourceFiles,
        Map<String, String> environment,
        boolean elevated,
        Optional<TaskContainer> container) {
    private static final String KIND = "preparation or release task";

    /** Throws a {@code BatchException} with {@code INVALID} when something is larger than {@link SpecLimits} allow. */
    public JobNodeTask {
        Objects.requireNonNull(commandLine, "commandLine");
        resourceFiles = List.copyOf(resourceFiles);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(container, "container");
        SpecLimits.requireCommandLine(KIND, commandLine);
        SpecLimits.requireResourceFiles(KIND, resourceFiles);
        SpecLimits.requireEnvironment(KIND, environment);
    }

    /** A task that runs on the node itself. */
    public JobNodeTask(
            String commandLine, List<ResourceFile> resourceFiles, Map<String, String> environment, boolean elevated) {
        this(commandLine, resourceFiles, environment, elevated, Optional.empty());
    }

    /** The same in a container. */
    public JobNodeTask in(TaskContainer where) {
        return new JobNodeTask(commandLine, resourceFiles, environment, elevated, Optional.of(where));
    }

    /** The same with other files. */
    public JobNodeTask withResourceFiles(List<ResourceFile> files) {
        return new JobNodeTask(commandLine, files, environment, elevated, container);
    }

    /** Without what may hold secrets: the command line, the variables and the signed URLs. */
    @Override
    public String toString() {
        return KIND + " with " + resourceFiles.size() + " resource files";
    }
}
