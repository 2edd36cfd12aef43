package io.twinbatch.api.workflow;

import io.twinbatch.api.storage.SignedUrl;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The program that the tasks of a run execute: what it needs on the nodes, and its command lines. An implementation is
 * immutable and does nothing remote.
 */
public interface TaskProgram {
    /** The beginning of the tasks' identifiers, to which numbers from 0 are added, such as {@code topNtask}. */
    String taskIdPrefix();

    /**
     * The files that every node gets in its shared folder ({@code $AZ_BATCH_NODE_SHARED_DIR}) before any task runs
     * there: name (letters, digits, dots, dashes, underscores) and local file.
     */
    Map<String, Path> applicationFiles();

    /** What a task runs for its inputs. */
    TaskCommand command(TaskWork work);

    /**
     * The variables with which the program learns how to store its outputs; they go to tasks of both phases, beside
     * those of their {@link TaskCommand}, and are never shown.
     *
     * @param outputContainer lets the task create and write objects in the output container
     */
    Map<String, String> outputEnvironment(SignedUrl outputContainer);

    /** The second phase, which makes one result over all inputs; empty when the program has none. */
    Optional<TotalProgram> total();

    /** The second phase of a program: one task after all the others have succeeded. */
    interface TotalProgram {
        /** The name of the result in the output folder, such as {@code TOTAL_OUTPUT.txt}. */
        String outputFileName();

        /** What the task runs. */
        TaskCommand command(TotalWork work);
    }
}
