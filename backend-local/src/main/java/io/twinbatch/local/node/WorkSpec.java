package io.twinbatch.local.node;

import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.local.application.PackageReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of work for a node: a task, a start task, or a job's preparation or release.
 *
 * @param id names it among all work of the engine; its processes carry it in their environment
 * @param commandLine the command line
 * @param nodeRoot the folder of its node, which has to be there
 * @param folder its own folder; its processes run in {@code wd} below it
 * @param start how it finds that folder
 * @param resourceFiles files fetched into the working folder first
 * @param containers whole containers fetched first
 * @param outputFiles files uploaded afterwards
 * @param environment all its variables
 * @param timeLimit how long it may take
 * @param uploadsAfterFailure whether outputs meant for a failure are uploaded; false when it will be tried again
 * @param packages application packages that the node has before the process starts
 * @param user the user that its process runs as, where the engine can switch users; one in a container has that of its image
 * @param container the container in which its process runs; empty to run it on this machine itself
 */
public record WorkSpec(
        String id,
        String commandLine,
        Path nodeRoot,
        Path folder,
        FolderStart start,
        List<ResourceFile> resourceFiles,
        List<ContainerFiles> containers,
        List<OutputFile> outputFiles,
        Map<String, String> environment,
        Optional<Duration> timeLimit,
        boolean uploadsAfterFailure,
        List<PackageReference> packages,
        TaskUser user,
        Optional<TaskContainer> container) {
    public WorkSpec {
        resourceFiles = List.copyOf(resourceFiles);
        containers = List.copyOf(containers);
        outputFiles = List.copyOf(outputFiles);
        packages = List.copyOf(packages);
        environment = Map.copyOf(environment);
    }

    /** Leaves out the environment, which has signed URLs. */
    @Override
    public String toString() {
        return "work " + id + " in " + folder;
    }
}
