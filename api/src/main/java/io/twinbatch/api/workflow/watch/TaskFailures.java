package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The failed tasks of a run, each reported once, with the end of its output. */
public final class TaskFailures {
    /** When everything fails, the first logs say why; thousands more would only delay the end. */
    private static final int MAX_TAILS = 50;

    private final JobId job;
    private final ContainerName output;
    private final JobQueue queue;
    private final LogTail logs;
    private final RunEvents events;
    private final Map<String, Outcome.TaskFailed> reported = new HashMap<>();

    public TaskFailures(JobId job, ContainerName output, JobQueue queue, LogTail logs, RunEvents events) {
        this.job = job;
        this.output = output;
        this.queue = queue;
        this.logs = logs;
        this.events = events;
    }

    /** Reports failed tasks that have not been reported. */
    void update(int failedCount) {
        if (failedCount <= reported.size()) {
            return;
        }
        List<Task> failed;
        try (Stream<Task> tasks = queue.tasks(job, TaskFilter.FAILED)) {
            failed = tasks.filter(task -> !reported.containsKey(task.key().task()))
                    .sorted((a, b) -> a.key().compareTo(b.key()))
                    .toList();
        }
        failed.forEach(this::tell);
    }

    private void tell(Task task) {
        String tail = reported.size() < MAX_TAILS ? logs.ofTask(task.key(), output) : "";
        Outcome.TaskFailed failure = new Outcome.TaskFailed(task.key().task(), task.status(), tail);
        reported.put(failure.taskId(), failure);
        events.publish(new RunEvent.TaskFailed(failure.taskId(), failure.status(), failure.stderrTail()));
    }

    /** The failure of a task; empty when none was reported. */
    Optional<Outcome.TaskFailed> of(String taskId) {
        return Optional.ofNullable(reported.get(taskId));
    }
}
