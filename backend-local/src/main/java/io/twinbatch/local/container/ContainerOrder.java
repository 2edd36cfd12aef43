package io.twinbatch.local.container;

import io.twinbatch.api.task.TaskContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to run in a container.
 *
 * @param workId names it among all work of the engine
 * @param container the image and how it is run
 * @param words the command line, in words
 * @param environment all its variables
 * @param nodeRoot the folder of its node, which is in the container under the same path
 * @param workingFolder where it starts, unless that is for the image to say
 * @param stdout the file for its standard output
 * @param stderr the file for its standard error
 */
public record ContainerOrder(
        String workId,
        TaskContainer container,
        List<String> words,
        Map<String, String> environment,
        Path nodeRoot,
        Path workingFolder,
        Path stdout,
        Path stderr) {
    public ContainerOrder {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** Leaves out the environment, which has signed URLs. */
    @Override
    public String toString() {
        return "container of work " + workId;
    }
}
