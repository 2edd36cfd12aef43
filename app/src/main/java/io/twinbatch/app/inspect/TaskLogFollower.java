package io.twinbatch.app.inspect;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.time.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Writes a file of a task as it grows, until the task has ended. A task that is tried again, on whatever node, begins its
 * file anew; so does a program that empties it.
 */
public final class TaskLogFollower {
    /** As long as the user likes. */
    private static final Duration LIMIT = Duration.ofDays(36_500);

    private final BackendInspector look;
    private final TaskKey key;
    private final TaskLog log;
    private final Clock clock;
    private final BooleanSupplier unread;
    private final Consumer<String> notes;
    private Optional<Try> shown = Optional.empty();
    private long offset;
    private boolean reportedWaiting;

    /** One try of the task. */
    private record Try(Optional<NodeId> node, Optional<Instant> started, int retries, int requeues) {
        static Try of(Task task) {
            return new Try(task.node(), task.started(), task.retries(), task.requeues());
        }
    }

    /**
     * Follows a file.
     *
     * @param unread whether nobody reads any more what is written
     * @param notes hears, in sentences, what is not in the file
     */
    public TaskLogFollower(
            BackendInspector look,
            TaskKey key,
            TaskLog log,
            Clock clock,
            BooleanSupplier unread,
            Consumer<String> notes) {
        this.look = look;
        this.key = key;
        this.log = log;
        this.clock = clock;
        this.unread = unread;
        this.notes = notes;
    }

    /**
     * Follows until the task has ended.
     *
     * @return false when its end cannot be waited for, or there is nothing to be had any more
     */
    public boolean follow() throws InterruptedException {
        return look.waiter().await("the end of task " + key, Deadline.after(clock, LIMIT), this::look);
    }

    private Optional<Boolean> look() {
        // Asked first: what has been written before the process at work ended is in what is seen then.
        Optional<String> standstill = look.standstill();
        look.refresh();
        Optional<Task> found = look.jobs().task(key);
        if (found.isEmpty()) {
            notes.accept("Task " + key.task() + " has been deleted, with its job or by itself.");
            return Optional.of(offset > 0);
        }
        Task task = found.get();
        boolean waits = isQueued(task);
        if (waits) {
            reportWaiting(task);
        } else {
            reportedWaiting = false;
            show(task);
        }
        if (task.status().isFinal()) {
            return Optional.of(end(task));
        }
        if (standstill.isPresent()) {
            notes.accept("Task " + key.task() + " has not ended, and does not run: " + standstill.get() + ".");
            return Optional.of(false);
        }
        if (waits && isOver(look.jobs().find(key.job()))) {
            notes.accept("Task " + key.task() + " will never start: its job has ended.");
            return Optional.of(false);
        }
        return unread.getAsBoolean() ? Optional.of(true) : Optional.empty();
    }

    private static boolean isQueued(Task task) {
        return task.status().isQueued();
    }

    private static boolean isOver(Optional<Job> job) {
        return job.map(Job::state).orElse(JobState.COMPLETED) != JobState.ACTIVE;
    }

    private void reportWaiting(Task task) {
        if (!reportedWaiting) {
            reportedWaiting = true;
            String why = task.status() instanceof TaskStatus.Requeued ? "has lost its node" : "is queued";
            notes.accept("Task " + key.task() + " " + why + "; waiting for it to start.");
        }
    }

    private void show(Task task) {
        Try now = Try.of(task);
        if (shown.isPresent() && !shown.get().equals(now)) {
            notes.accept("Task " + key.task() + " was started again"
                    + now.node().map(node -> ", on node " + node).orElse("") + "; its output follows.");
            offset = 0;
        }
        shown = Optional.of(now);
        Optional<Long> copied = log.copyFrom(offset);
        boolean truncated =
                copied.equals(Optional.of(0L)) && offset > 0 && log.size().orElse(offset) < offset;
        if (truncated) {
            notes.accept("The file was truncated; its content from the beginning follows.");
            offset = 0;
            copied = log.copyFrom(offset);
        }
        offset += copied.orElse(0L);
    }

    /** What was written is shown already, unless the node had gone by then. */
    private boolean end(Task task) {
        boolean complete = offset > 0 || log.size().isPresent() || log.explainAbsence(task);
        notes.accept("Task " + key.task() + " " + task.status().describe() + ".");
        return complete;
    }
}
