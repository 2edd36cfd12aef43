package io.twinbatch.api.job;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.task.TaskFile;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be seen of jobs and their tasks by somebody who orders nothing. {@link JobQueue} says what holds for every
 * method.
 */
public interface JobReader {
    /** The job of that id; empty when there is none. A job that is being deleted is still found. */
    Optional<Job> find(JobId id);

    /** All jobs, in no particular order, fetched page by page as the stream is consumed. */
    Stream<Job> list();

    /**
     * How many tasks are where, in one request whatever their number. The numbers may lag behind by moments, and never
     * claim an ending that has not happened.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown job
     */
    TaskCounts counts(JobId job);

    /**
     * The tasks of a job, in no particular order, fetched page by page as the stream is consumed.
     *
     * @throws BatchException {@code NOT_FOUND} (from this call or from the stream) for an unknown job
     */
    Stream<Task> tasks(JobId job, TaskFilter filter);

    /**
     * How the job's preparation task went on each node that has begun it; empty for a job without one. A node on which
     * it failed runs no task of the job.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown job
     */
    List<NodePreparation> preparations(JobId job);

    /** One task; empty when the task or its job does not exist. */
    Optional<Task> task(TaskKey key);

    /** What was asked for when a task was submitted; empty when the task or its job does not exist. */
    Optional<TaskDetails> details(TaskKey key);

    /**
     * The files in a task's folder on its node, folders included: {@code stdout.txt}, {@code stderr.txt}, and what is
     * in {@code wd}.
     *
     * @throws BatchException {@code NOT_FOUND} when the task does not exist, has not been on a node, or its folder or
     *     node is gone
     */
    List<TaskFile> files(TaskKey key);

    /**
     * A file in a task's folder on its node, from a position to its present end; also while the task runs. The caller
     * closes the stream.
     *
     * @param path relative to the task's folder, such as {@link TaskFile#STDOUT}
     * @param offset the position of the first byte, 0 or more; at or beyond the end the stream is empty
     * @throws BatchException {@code NOT_FOUND} when the task or the file does not exist, or its node is gone;
     *     {@code INVALID} for a path that leaves the task's folder
     */
    InputStream readFile(TaskKey key, String path, long offset);
}
