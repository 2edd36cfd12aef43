package io.twinbatch.api.workflow.model;

import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolSpec;
import java.time.Duration;
import java.util.List;

/** Something that happened in a run, as data; how it is said is the listener's matter. */
public sealed interface RunEvent {
    /** The steps of a run, in their order. */
    enum Step {
        /** Creating the containers. */
        CONTAINERS,
        /** Uploading application files and inputs. */
        UPLOAD,
        /** Creating or finding the pool. */
        POOL,
        /** Creating the job. */
        JOB,
        /** Adding the tasks. */
        TASKS,
        /** Watching the tasks. */
        WATCH,
        /** Running and watching the task of the total. */
        TOTAL,
        /** Downloading and checking the results. */
        DOWNLOAD,
        /** Deleting what is not kept. */
        CLEANUP
    }

    /** A step begins. */
    record StepStarted(Step step) implements RunEvent {}

    /**
     * A step has ended well.
     *
     * @param step the step
     * @param elapsed how long it took
     */
    record StepDone(Step step, Duration elapsed) implements RunEvent {}

    /**
     * The containers are there.
     *
     * @param containers their names
     */
    record ContainersCreated(RunPlan.Containers containers) implements RunEvent {}

    /**
     * Application files and inputs are being uploaded. The last one has all files.
     *
     * @param transfer how far it has come
     */
    record Uploading(Transfer transfer) implements RunEvent {}

    /**
     * The pool was ordered; its nodes are still to come.
     *
     * @param spec the pool
     */
    record PoolCreated(PoolSpec spec) implements RunEvent {}

    /**
     * A pool that existed is used.
     *
     * @param pool the pool
     */
    record PoolReused(Pool pool) implements RunEvent {}

    /**
     * A run is resumed.
     *
     * @param continuation where
     */
    record Resumed(ResumePlan continuation) implements RunEvent {}

    /**
     * The object store has lost some of what tasks had stored or were to read. They run again, in a new job.
     *
     * @param tasks how many tasks
     */
    record RunAgain(int tasks) implements RunEvent {}

    /**
     * The number of nodes that can run tasks is another one than before.
     *
     * @param ready how many can
     * @param wanted how many the pool is to have
     */
    record NodesReady(int ready, int wanted) implements RunEvent {}

    /**
     * The job is there.
     *
     * @param spec the job
     */
    record JobCreated(JobSpec spec) implements RunEvent {}

    /**
     * The tasks of the first phase are in the job.
     *
     * @param count how many they are
     */
    record TasksSubmitted(int count) implements RunEvent {}

    /**
     * The tasks were polled.
     *
     * @param counts how many are where
     * @param elapsed how long the run's tasks have been watched
     * @param limit how long they are going to be watched at most
     */
    record Progress(TaskCounts counts, Duration elapsed, Duration limit) implements RunEvent {}

    /**
     * Tasks wait and none runs. Published every few minutes.
     *
     * @param tasks how many tasks wait
     * @param elapsed for how long none has run
     * @param reason what they wait for, for a person
     */
    record Waiting(int tasks, Duration elapsed, String reason) implements RunEvent {}

    /**
     * A task has failed. Published once for each failed task.
     *
     * @param taskId the task
     * @param status how it ended
     * @param stderrTail the last lines of its standard error; empty when there are none
     */
    record TaskFailed(String taskId, TaskStatus status, String stderrTail) implements RunEvent {}

    /**
     * The nodes of the pool were looked at.
     *
     * @param nodes those that are there
     */
    record NodesObserved(List<Node> nodes) implements RunEvent {
        public NodesObserved {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * The tasks of the job were listed, once they had ended or were stopped.
     *
     * @param tasks all tasks of the job, in no particular order
     */
    record TasksListed(List<Task> tasks) implements RunEvent {
        public TasksListed {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * The time limit is reached; the job is being terminated, and what is done is collected.
     *
     * @param limit the limit
     */
    record TimeLimitReached(Duration limit) implements RunEvent {}

    /** The run was cancelled or interrupted; what it created is being removed. */
    record Interrupted() implements RunEvent {}

    /** The run ends with a failure, and nothing of it is removed: it can be resumed when the failure has passed. */
    record Left() implements RunEvent {}

    /**
     * The task of the second phase is in the job.
     *
     * @param taskId the task
     */
    record TotalStarted(String taskId) implements RunEvent {}

    /**
     * Results are being downloaded and checked. The last one has all files.
     *
     * @param transfer how far it has come; its bytes are those that the manifests found so far promise
     */
    record Downloading(Transfer transfer) implements RunEvent {}

    /**
     * A resource of the run was deleted, or its deletion was ordered.
     *
     * @param resource what it is
     * @param id its identifier or name
     */
    record CleanedUp(RunResult.Resource resource, String id) implements RunEvent {}

    /**
     * A resource that the run had created was not there any more when it was to be deleted.
     *
     * @param resource what it is
     * @param id its identifier or name
     */
    record AlreadyGone(RunResult.Resource resource, String id) implements RunEvent {}

    /**
     * A resource stays.
     *
     * @param remaining what and why
     * @param detail more about the reason, for a person; empty when there is no more to say
     */
    record NotCleanedUp(RunResult.Remaining remaining, String detail) implements RunEvent {}

    /**
     * A warning; the run continues.
     *
     * @param text what, for a person
     */
    record Warning(String text) implements RunEvent {}

    /**
     * How far a transfer of several files has come.
     *
     * @param filesDone how many files are done
     * @param files how many files there are
     * @param bytesDone how many bytes are done
     * @param bytes how many bytes there are
     */
    record Transfer(int filesDone, int files, long bytesDone, long bytes) {}
}
