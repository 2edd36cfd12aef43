package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.local.engine.model.Assignment;
import io.twinbatch.local.engine.model.EngineErrors;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskHistory.OrderedEnd;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.util.Optional;

/** What clients order about single tasks: terminated, queued again, changed, deleted. */
final class TaskCommands {
    private final EngineState state;
    private final TaskControl tasks;
    private final TaskProgress progress;
    private final Clock clock;

    TaskCommands(EngineState state, TaskControl tasks, TaskProgress progress, Clock clock) {
        this.state = state;
        this.tasks = tasks;
        this.progress = progress;
        this.clock = clock;
    }

    /** Ends a task wherever it is. */
    void terminate(TaskKey key, Precondition expected) {
        JobEntry job = state.job(key.job());
        TaskRecord task = require(job, key, expected);
        if (task.status().isFinal()) {
            throw EngineErrors.conflict("TaskCompleted", "task " + key, "it has ended already");
        }
        if (JobEntry.isQueued(task)) {
            TaskRecord ordered = task.ordered(OrderedEnd.TERMINATION, clock.instant());
            progress.finish(job, ordered, TaskTransition.Finish.terminated("it was terminated before it ran"));
            return;
        }
        // Stored, so that the next engine does not run a task again that was reported as ending.
        state.put(job, task.ordered(OrderedEnd.TERMINATION, clock.instant()));
        tasks.assignment(job, task).ifPresent(assignment -> tasks.end(assignment, EndReason.TERMINATED));
    }

    /** Queues a task again that ended badly. */
    void reactivate(TaskKey key, Precondition expected) {
        JobEntry job = state.job(key.job());
        TaskRecord task = require(job, key, expected);
        if (!task.status().isFailure()) {
            throw EngineErrors.conflict(
                    "OperationInvalidForCurrentState",
                    "task " + key,
                    "only a task that ended badly can be queued again");
        }
        if (!job.record().state().takesTasks()) {
            throw EngineErrors.conflict("OperationInvalidForCurrentState", "task " + key, "its job has ended");
        }
        TaskRecord queued = task.reactivated(clock.instant());
        state.put(job, queued);
        job.enqueue(queued);
    }

    /** Changes what a task asks for. A running attempt continues as it began. */
    void change(TaskKey key, Precondition expected, NewTask order) {
        JobEntry job = state.job(key.job());
        TaskRecord task = require(job, key, expected);
        if (task.status().isFinal()) {
            throw EngineErrors.conflict("TaskCompleted", "task " + key, "it has ended already");
        }
        state.put(job, task.changed(order.spec(), order.rules(), clock.instant()));
    }

    /** Deletes a task, at once or as soon as it has stopped; false when there is none, or it is being deleted already. */
    boolean delete(TaskKey key, Precondition expected) {
        JobEntry job = state.jobs().get(RecordKeys.of(key.job()));
        if (job == null || !job.tasks().containsKey(RecordKeys.ofTask(key.task()))) {
            return false;
        }
        TaskRecord task = require(job, key, expected);
        if (task.history().orderedEnd().equals(Optional.of(OrderedEnd.DELETION))) {
            return false;
        }
        Optional<Assignment> assignment = tasks.assignment(job, task);
        if (assignment.isEmpty()) {
            progress.remove(job, task);
            return true;
        }
        // Until it is deleted, readers see its last committed version.
        state.put(job, task.with(task.history().ordered(OrderedEnd.DELETION)));
        tasks.end(assignment.get(), EndReason.TERMINATED);
        return true;
    }

    private static TaskRecord require(JobEntry job, TaskKey key, Precondition expected) {
        TaskRecord task = job.tasks().get(RecordKeys.ofTask(key.task()));
        if (task == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "task " + key, "there is no such task");
        }
        expected.require("task " + key, task.history().phases().lastModified());
        return task;
    }
}
