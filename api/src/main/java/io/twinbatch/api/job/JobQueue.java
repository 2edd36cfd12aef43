package io.twinbatch.api.job;

import io.twinbatch.api.error.BatchException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Jobs and their tasks.
 *
 * <p>Every method may be called from any number of threads and does one remote thing, but for {@link #submit}, which
 * sends as many requests as the provider's limits demand. Terminating and deleting return as soon as the provider has
 * taken the order; {@link #find} tells how far it has come. Passing failures are retried inside. Failures are thrown as
 * {@link BatchException}; besides the codes named at each method, every method may report {@code UNAUTHENTICATED},
 * {@code FORBIDDEN}, {@code THROTTLED} and {@code UNAVAILABLE}.
 */
public interface JobQueue {
    /**
     * Creates a job without tasks.
     *
     * @throws BatchException {@code ALREADY_EXISTS} when a job of that id exists, also while it is being deleted;
     *     {@code QUOTA} when the account may have no further job
     */
    void create(JobSpec spec);

    /** The job of that id; empty when there is none. A job that is being deleted is still found. */
    Optional<Job> find(JobId id);

    /** All jobs, in no particular order, fetched page by page as the stream is consumed. */
    Stream<Job> list();

    /**
     * Gives a job that has not ended other metadata in the place of what it has.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown job; {@code CONFLICT} while it is being deleted
     */
    void updateMetadata(JobId id, Map<String, String> metadata);

    /**
     * Adds tasks to a job. A task whose id the job already has is left as it is and not an error, so that the call can
     * be repeated after a lost answer; ids are chosen so that the same id means the same task.
     *
     * @param tasks any number; each task's id once
     * @throws BatchException {@code NOT_FOUND} for an unknown job; {@code CONFLICT} when the job has ended or is
     *     ending; {@code INVALID} when a task cannot be taken, such as one that depends on others in a job without task
     *     dependencies: the tasks that could be taken are then in the job, and the message counts those that could not
     *     and names the first of them
     */
    void submit(JobId job, List<TaskSpec> tasks);

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

    /**
     * Ends a task that has not ended; one that runs is stopped with all its processes.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown task; {@code CONFLICT} when the task has ended
     */
    void terminateTask(TaskKey key);

    /**
     * Queues a task again that ended badly, its retries counted anew.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown task; {@code CONFLICT} when the task has not ended badly
     *     or its job has ended
     */
    void reactivateTask(TaskKey key);

    /**
     * Deletes a task and its folder on the node; one that runs is stopped first.
     *
     * @return whether there was one to delete
     */
    boolean deleteTask(TaskKey key);

    /**
     * Orders the end of a job: running tasks are stopped, no further one starts. A repeated call is harmless.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown job; {@code CONFLICT} while it is being deleted
     */
    void terminate(JobId id);

    /**
     * Orders the deletion of a job with its tasks and their folders; running tasks are stopped.
     *
     * @return whether there was a job to delete; false also when its deletion was ordered before
     */
    boolean delete(JobId id);
}
