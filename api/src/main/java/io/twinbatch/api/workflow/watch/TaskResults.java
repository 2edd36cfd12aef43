package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunTimes;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the tasks of one job have ended, once their watch is over. */
public final class TaskResults {
    private final JobId job;
    private final JobQueue queue;
    private final TaskFailures failures;
    private boolean terminated;
    private Set<String> begun = Set.of();

    public TaskResults(JobId job, JobQueue queue, TaskFailures failures) {
        this.job = job;
        this.queue = queue;
        this.failures = failures;
    }

    /**
     * How one task has ended.
     *
     * @param succeeded whether it ended well
     * @param failure how it failed of its own; empty when it did not
     */
    public record End(boolean succeeded, Optional<Outcome> failure) {
        /** It has not come to an end of its own. */
        public static final End OPEN = new End(false, Optional.empty());

        /** It has ended well. */
        public static final End SUCCEEDED = new End(true, Optional.empty());
    }

    /** Ends the job and waits a moment for its tasks to stop; what does not stop is left to the cleanup. */
    public void terminate(Waiter waiter, Clock clock) throws InterruptedException {
        terminated = true;
        try {
            queue.terminate(job);
            waiter.await("end of job " + job, Deadline.after(clock, RunTimes.STOPPING), this::stopped);
        } catch (BatchException e) {
            // Gone or going already is as good, and one that does not stop in time is deleted later.
            boolean harmless =
                    e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.CONFLICT || e.code() == ErrorCode.TIMEOUT;
            if (!harmless) {
                throw e;
            }
        }
    }

    private Optional<Boolean> stopped() {
        Optional<Job> found = queue.find(job);
        boolean stopped = found.map(Job::state).orElse(JobState.COMPLETED) == JobState.COMPLETED;
        return stopped ? Optional.of(true) : Optional.empty();
    }

    /** The endings of all tasks, by their ids, which are published too; a job that is gone has none. */
    public Map<String, End> all(RunEvents events) {
        List<Task> all = list();
        begun = all.stream()
                .filter(task -> task.started().isPresent())
                .map(task -> task.key().task())
                .collect(Collectors.toUnmodifiableSet());
        events.publish(new RunEvent.TasksListed(all));
        Map<String, End> ends = new HashMap<>();
        all.forEach(task -> ends.put(task.key().task(), end(task)));
        return ends;
    }

    /** The tasks that had begun to run when {@link #all} listed them. */
    public Set<String> begun() {
        return begun;
    }

    private List<Task> list() {
        return BatchException.ifFound(() -> {
                    try (Stream<Task> tasks = queue.tasks(job, TaskFilter.ALL)) {
                        return tasks.toList();
                    }
                })
                .orElse(List.of());
    }

    private End end(Task task) {
        String id = task.key().task();
        if (task.status() instanceof TaskStatus.Succeeded) {
            return End.SUCCEEDED;
        }
        Optional<Outcome> reported = failures.of(id).map(failure -> failure);
        boolean stoppedByUs = terminated && task.status() instanceof TaskStatus.Stopped;
        if (reported.isPresent() || !task.status().isFailure() || stoppedByUs) {
            return new End(false, reported);
        }
        return new End(false, Optional.of(new Outcome.TaskFailed(id, task.status(), "")));
    }
}
