package io.twinbatch.azure.batch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.ContainerOptions;
import io.twinbatch.api.task.RunArguments;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.task.TaskContainer.WorkingFolder;
import io.twinbatch.azure.client.model.TaskModel.TaskContainerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The containers of tasks of every kind, in both directions. */
final class ContainerMapping {
    private static final String AT_IMAGE = "containerImageDefault";
    private static final String AT_TASK = "taskWorkingDirectory";

    private ContainerMapping() {}

    /** The settings; null for a task that runs on the node itself. */
    static TaskContainerSettings request(Optional<TaskContainer> container) {
        return container
                .map(known -> new TaskContainerSettings(
                        known.image().name(),
                        runOptions(known.options()),
                        known.workingFolder() == WorkingFolder.IMAGE ? AT_IMAGE : AT_TASK))
                .orElse(null);
    }

    /** Without the first, containers that have ended fill the node's disk. */
    private static String runOptions(ContainerOptions options) {
        List<String> words = new ArrayList<>(List.of("--rm"));
        words.addAll(options.runArguments());
        return String.join(" ", words);
    }

    /** The container; empty for none, and for one of another client's that the neutral API cannot describe. */
    static Optional<TaskContainer> read(TaskContainerSettings settings) {
        if (settings == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TaskContainer(
                    new ContainerImage(Objects.requireNonNullElse(settings.imageName(), "")),
                    RunArguments.parse(Objects.requireNonNullElse(settings.containerRunOptions(), "")),
                    AT_IMAGE.equalsIgnoreCase(settings.workingDirectory()) ? WorkingFolder.IMAGE : WorkingFolder.TASK));
        } catch (BatchException e) {
            return Optional.empty();
        }
    }
}
