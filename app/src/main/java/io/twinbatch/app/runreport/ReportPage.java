package io.twinbatch.app.runreport;

import io.twinbatch.api.job.Task;
import io.twinbatch.app.page.HistogramChart;
import io.twinbatch.app.page.PageStyle;
import io.twinbatch.app.page.PageTemplates;
import io.twinbatch.app.page.PageText;
import io.twinbatch.app.page.StatesChart;
import io.twinbatch.app.page.TaskSpan;
import io.twinbatch.app.page.TimelineChart;
import io.twinbatch.app.report.FinishedRun;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The page that shows a finished run. It needs nothing but itself. */
public final class ReportPage {
    /** How many tasks the table has; the JSON document has all. */
    static final int MAX_ROWS = 1_000;

    /** How many failures are shown with what the task wrote. */
    static final int MAX_FAILURES = 50;

    private final FinishedRun run;
    private final String data;
    private final PageText text;

    /**
     * The page of a run.
     *
     * @param data the name of the JSON document beside it
     */
    ReportPage(FinishedRun run, String data, PageText text) {
        this.run = run;
        this.data = data;
        this.text = text;
    }

    void write(Writer writer) {
        PageStyle style = PageStyle.load();
        List<ReportRow> rows = ReportRows.of(run);
        List<ReportRow> failures = rows.stream().filter(ReportRow::isFailure).toList();
        new PageTemplates()
                .render(
                        "report/run.jte",
                        Map.of(
                                "style", style.text(),
                                "policy", style.policySource(),
                                "text", text,
                                "data", data,
                                "view", new ReportView(run, text, rows),
                                "charts", charts(rows),
                                "failures", failures.subList(0, Math.min(MAX_FAILURES, failures.size())),
                                "failureCount", failures.size(),
                                "rows", rows.subList(0, Math.min(MAX_ROWS, rows.size()))),
                        writer);
    }

    /**
     * The drawings.
     *
     * @param from the start of the time axes
     * @param timeline which node ran which task when
     * @param states how many tasks were in which state
     * @param durations how long tasks took
     * @param queueTimes how long tasks waited
     */
    public record Charts(
            Optional<Instant> from,
            TimelineChart timeline,
            StatesChart states,
            HistogramChart durations,
            HistogramChart queueTimes) {}

    private Charts charts(List<ReportRow> rows) {
        List<TaskSpan> spans = rows.stream()
                .flatMap(row -> row.task().stream())
                .map(TaskSpan::of)
                .toList();
        Optional<Instant> first = spans.stream().map(TaskSpan::created).min(Instant::compareTo);
        Instant from = first.orElse(run.time().started());
        Instant to = rows.stream()
                .flatMap(row -> row.task().stream())
                .flatMap(ReportPage::lastChange)
                .max(Instant::compareTo)
                .orElse(from);
        return new Charts(
                first,
                TimelineChart.of(spans, from, to),
                StatesChart.of(spans, from, to),
                HistogramChart.of(durations(rows, ReportRow::duration), "task"),
                HistogramChart.of(durations(rows, ReportRow::queueTime), "task"));
    }

    private static Stream<Instant> lastChange(Task task) {
        return Stream.of(task.ended().or(task::started).orElse(task.created()));
    }

    private static List<Duration> durations(List<ReportRow> rows, Function<ReportRow, Optional<Duration>> which) {
        return rows.stream().flatMap(row -> which.apply(row).stream()).toList();
    }
}
