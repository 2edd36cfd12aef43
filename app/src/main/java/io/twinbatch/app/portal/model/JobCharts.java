package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Task;
import io.twinbatch.app.page.HistogramChart;
import io.twinbatch.app.page.StatesChart;
import io.twinbatch.app.page.TaskSpan;
import io.twinbatch.app.page.TimelineChart;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The tasks of a job, drawn.
 *
 * @param states how many tasks were in which state over time
 * @param timeline which node ran which task when
 * @param durations how long the tasks took
 */
public record JobCharts(StatesChart states, TimelineChart timeline, HistogramChart durations) {
    /** Draws tasks; the time ends with the last of them when all have ended. */
    static JobCharts of(List<Task> tasks, Instant now) {
        List<TaskSpan> spans = tasks.stream().map(TaskSpan::of).toList();
        Instant from =
                tasks.stream().map(Task::created).min(Comparator.naturalOrder()).orElse(now);
        boolean over = tasks.stream().allMatch(task -> task.status().isFinal());
        Instant last = tasks.stream()
                .flatMap(task -> task.ended().stream())
                .max(Comparator.naturalOrder())
                .orElse(now);
        Instant to = over || last.isAfter(now) ? last : now;
        return new JobCharts(
                StatesChart.of(spans, from, to),
                TimelineChart.of(spans, from, to),
                HistogramChart.of(
                        tasks.stream()
                                .map(Task::duration)
                                .flatMap(Optional::stream)
                                .toList(),
                        "task"));
    }
}
