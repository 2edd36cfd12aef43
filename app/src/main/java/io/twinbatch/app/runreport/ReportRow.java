package io.twinbatch.app.runreport;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.app.page.ChartState;
import io.twinbatch.app.page.TaskSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A task in the report.
 *
 * @param id its id
 * @param inputs its inputs and what became of them; empty for the task of the total
 * @param task the task as it was at last; empty when it was never listed
 * @param outcome what became of it
 */
public record ReportRow(String id, List<InputResult> inputs, Optional<Task> task, Outcome outcome) {
    /** Failures first, then what has not ended; each in the order of the starts. */
    static final Comparator<ReportRow> WORST_FIRST = Comparator.comparing(
                    (ReportRow row) -> row.isDone() ? 2 : row.isFailure() ? 0 : 1)
            .thenComparing(row -> row.task().flatMap(Task::started).orElse(Instant.MAX))
            .thenComparing(ReportRow::id);

    public boolean isDone() {
        return outcome.isDone();
    }

    /** Whether something is wrong with the task or its result; one that was not run is no failure. */
    public boolean isFailure() {
        return !isDone() && !(outcome instanceof Outcome.NotRun);
    }

    /** The state, as charts name it. */
    public ChartState state() {
        if (isFailure()) {
            return ChartState.FAILED;
        }
        return isDone()
                ? ChartState.SUCCEEDED
                : task.map(TaskSpan::of).map(TaskSpan::state).orElse(ChartState.QUEUED);
    }

    /** The state in words. */
    public String stateLabel() {
        if (isDone()) {
            return "done";
        }
        return isFailure() ? "failed" : "not run";
    }

    /** How long it waited for its last attempt; of a task that was requeued or retried, its earlier attempts included. */
    public Optional<Duration> queueTime() {
        return task.flatMap(Task::queueTime);
    }

    /** How long its last attempt took. */
    public Optional<Duration> duration() {
        return task.flatMap(Task::duration);
    }

    /** What its last attempt used. */
    public Optional<TaskUsage> usage() {
        return task.flatMap(Task::usage);
    }

    /** The size of all its results. */
    public long resultBytes() {
        return inputs.stream()
                .map(InputResult::outcome)
                .filter(Outcome.WithResult.class::isInstance)
                .flatMap(result -> ((Outcome.WithResult) result).files().stream())
                .mapToLong(file -> file.size())
                .sum();
    }
}
