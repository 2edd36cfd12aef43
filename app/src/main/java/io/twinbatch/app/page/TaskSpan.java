package io.twinbatch.app.page;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What charts draw of one task: its last attempt.
 *
 * @param task its id
 * @param node the id of its node; empty when it has not been on one
 * @param state how far it has come
 * @param created when it was submitted
 * @param started when its last attempt began; empty before
 * @param ended when it ended; empty before
 */
public record TaskSpan(
        String task,
        String node,
        ChartState state,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended) {
    public TaskSpan {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(ended, "ended");
    }

    /** What charts draw of a task. */
    public static TaskSpan of(Task task) {
        return new TaskSpan(
                task.key().task(),
                task.node().map(Object::toString).orElse(""),
                state(task.status()),
                task.created(),
                task.started(),
                task.ended());
    }

    private static ChartState state(TaskStatus status) {
        if (status.isFailure()) {
            return ChartState.FAILED;
        }
        if (status.isFinal()) {
            return ChartState.SUCCEEDED;
        }
        return status.isQueued() ? ChartState.QUEUED : ChartState.RUNNING;
    }
}
