package io.twinbatch.api.task;

import io.twinbatch.api.error.BatchException;
import java.util.Objects;

/**
 * The container in which a task runs. The folders of its node are there under the same paths, and the task has the same
 * variables as without a container, but for those that describe the machine: PATH is that of the image. What the task
 * writes elsewhere is gone when it ends.
 *
 * @param image the image
 * @param options how the container is run
 * @param workingFolder where the command line starts
 */
public record TaskContainer(ContainerImage image, ContainerOptions options, WorkingFolder workingFolder) {
    /** Where a command line starts. */
    public enum WorkingFolder {
        /** In the working folder of the task. */
        TASK,
        /** In the folder that the image names. */
        IMAGE
    }

    public TaskContainer {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(workingFolder, "workingFolder");
    }

    /**
     * A container without further options that starts in the working folder of its task.
     *
     * @throws BatchException {@code INVALID} for what cannot be the name of an image
     */
    public static TaskContainer of(String image) {
        return new TaskContainer(new ContainerImage(image), ContainerOptions.DEFAULT, WorkingFolder.TASK);
    }

    /** The same with other options. */
    public TaskContainer with(ContainerOptions newOptions) {
        return new TaskContainer(image, newOptions, workingFolder);
    }

    /** The same with another folder to start in. */
    public TaskContainer startingIn(WorkingFolder folder) {
        return new TaskContainer(image, options, folder);
    }
}
