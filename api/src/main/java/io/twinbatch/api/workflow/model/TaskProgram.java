package io.twinbatch.api.workflow.model;

import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.TaskContainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program that the tasks of a run execute: what it needs on the nodes, and its command lines. An implementation is
 * immutable and does nothing remote.
 */
public interface TaskProgram {
    /** The beginning of the tasks' identifiers, to which numbers from 0 are added, such as {@code topNtask}. */
    String taskIdPrefix();

    /**
     * The program itself: files that the job's preparation task brings to each node before the job's first task there.
     * Tasks find them in {@code $AZ_BATCH_JOB_PREP_WORKING_DIR}, readable and executable. Name (letters, digits, dots,
     * dashes, underscores) and local file.
     */
    Map<String, Path> applicationFiles();

    /** Further files of the same kind that are small texts: name and content. */
    default Map<String, String> applicationTexts() {
        return Map.of();
    }

    /** The names of all its files, in order. */
    default List<String> applicationNames() {
        return Stream.concat(applicationFiles().keySet().stream(), applicationTexts().keySet().stream())
                .sorted()
                .toList();
    }

    /**
     * The one of its files that is a shell script which the preparation task runs, in the folder of the files and with
     * administrator rights, such as that of a {@link JavaRuntime}. The job's tasks run on no node where it fails. Empty, as by
     * default, when there is nothing to do but to bring the files.
     */
    default Optional<String> preparationScript() {
        return Optional.empty();
    }

    /**
     * What each node of a pool that is created for the program runs as it joins: makes sure of what the program needs
     * and does not bring along, such as a {@link JavaRuntime}. It serves later runs and other versions of the program
     * too, so that it names nothing that belongs to one run. Empty when any node will do.
     */
    Optional<StartTask> startTask();

    /** The container in which its tasks run; empty, as by default, when they run on the nodes themselves. */
    default Optional<TaskContainer> container() {
        return Optional.empty();
    }

    /** How inputs and results are named. */
    default InputNaming naming() {
        return new OutputNaming();
    }

    /**
     * Whether the manifests of its tasks name the results of each input: any number of files, under names that only the
     * tasks know, instead of the one {@link PlannedInput#outputObject()}.
     */
    default boolean namesItsResults() {
        return false;
    }

    /** Whether a task may leave a result of such a name for an input; asked only of programs that name their results. */
    default boolean mayLeave(PlannedInput input, String fileName) {
        return false;
    }

    /** What is run for an input, as a person would write it; empty when the task's command line says it. */
    default Optional<String> shownCommand(PlannedInput input) {
        return Optional.empty();
    }

    /** Which files are the results of an input, for a person; empty when it is the one that the plan names. */
    default List<String> shownResults(PlannedInput input) {
        return List.of();
    }

    /** What a task runs for its inputs. */
    TaskCommand command(TaskInputs work);

    /**
     * The variables with which the program learns how to store its outputs; they go to tasks of both phases, beside
     * those of their {@link TaskCommand}, and are never shown.
     *
     * @param outputContainer lets the task create and write objects in the output container
     */
    Map<String, String> outputEnvironment(SignedUrl outputContainer);

    /**
     * What its results depend on beside their input. Empty, as by default, when nothing is known, and then no result is ever
     * taken for one that need not be made again.
     */
    default Optional<Fingerprint> fingerprint() {
        return Optional.empty();
    }

    /** How results of the pieces of an input become its result; empty when its inputs cannot be processed in pieces. */
    default Optional<PieceJoin> pieces() {
        return Optional.empty();
    }

    /** The second phase, which makes one result over all inputs; empty when the program has none. */
    Optional<TotalProgram> total();

    /** The second phase of a program: one task after all the others have succeeded. */
    interface TotalProgram {
        /** The name of the result in the output folder, such as {@code TOTAL_OUTPUT.txt}. */
        String outputFileName();

        /** The name under which the result is stored. */
        default String outputObject() {
            return OutputNaming.safe(outputFileName());
        }

        /**
         * Whether it is made of the results of all inputs; otherwise it is made of a part that each task stores for it
         * under {@link TaskInputs#countsObject()}.
         */
        default boolean combinesResults() {
            return false;
        }

        /**
         * The text files that say which results there are: path relative to the task's working folder, and content. Asked
         * only of a program that combines results.
         *
         * @param parts the results, in the order of the inputs
         * @param paths where each of them lies on the node
         */
        default Map<String, String> partLists(List<ResultPart> parts, List<String> paths) {
            return Map.of();
        }

        /** What is run, as a person would write it; empty when the task's command line says it. */
        default Optional<String> shownCommand() {
            return Optional.empty();
        }

        /** What the task runs. */
        TaskCommand command(TotalInputs work);
    }
}
