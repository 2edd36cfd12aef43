package io.twinbatch.local.record;

import io.twinbatch.api.task.ResourceFile;
import java.util.List;

/**
 * How a task runs on several nodes at once (<a
 * href="https://learn.microsoft.com/azure/batch/batch-mpi">multi-instance tasks</a>).
 *
 * @param instances on how many nodes: one runs the primary task, each of the others a subtask
 * @param coordinationCommandLine what all of them run before the primary runs the command line of the task
 * @param commonFiles files that each of them fetches into the task's own folder
 * @param commonContainers files of containers that each of them fetches there
 */
public record MultiInstance(
        int instances,
        String coordinationCommandLine,
        List<ResourceFile> commonFiles,
        List<ContainerSource> commonContainers) {
    public MultiInstance {
        commonFiles = List.copyOf(commonFiles);
        commonContainers = List.copyOf(commonContainers);
    }
}
