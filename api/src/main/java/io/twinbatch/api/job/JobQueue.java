package io.twinbatch.api.job;

import io.twinbatch.api.error.BatchException;
import java.util.List;
import java.util.Map;

/**
 * Jobs and their tasks: what is ordered here, and what is seen of it in {@link JobReader}.
 *
 * <p>Every method may be called from any number of threads and does one remote thing, but for {@link #submit}, which
 * sends as many requests as the provider's limits demand. Terminating and deleting return as soon as the provider has
 * accepted the request; {@link #find} returns its progress. Passing failures are retried inside. Failures are thrown as
 * {@link BatchException}; besides the codes named at each method, every method may report {@code UNAUTHENTICATED},
 * {@code FORBIDDEN}, {@code THROTTLED} and {@code UNAVAILABLE}.
 */
public interface JobQueue extends JobReader {
    /**
     * Creates a job without tasks.
     *
     * @throws BatchException {@code ALREADY_EXISTS} when a job of that id exists, also while it is being deleted;
     *     {@code QUOTA} when the account may have no further job
     */
    void create(JobSpec spec);

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
