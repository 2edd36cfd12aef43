package io.twinbatch.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final Instant START = Instant.parse("2026-11-22T19:00:00Z");
    private static final PageTemplates TEMPLATES = new PageTemplates();
    private static final PageText TEXT = new PageText(ZoneOffset.UTC);

    @Test
    void tasksThatRanAtTheSameTimeHaveLanesOfTheirOwn() {
        TimelineChart chart = timeline(
                List.of(
                        task("a", "n1", 0, 4, ChartState.SUCCEEDED),
                        task("b", "n1", 1, 3, ChartState.FAILED),
                        task("c", "n1", 4, 5, ChartState.SUCCEEDED)),
                5);

        assertThat(chart.rows()).extracting(TimelineChart.Row::label).containsExactly("n1 · 1", "n1 · 2");
        assertThat(chart.bars()).hasSize(3);
        assertThat(chart.bars().stream().filter(bar -> bar.y() < TimelineChart.ROW_HEIGHT))
                .extracting(TimelineChart.Bar::title)
                .containsExactly("a: succeeded, 4.0 s", "c: succeeded, 1.0 s");
        assertThat(chart.bars().stream().filter(bar -> bar.title().startsWith("b")))
                .singleElement()
                .satisfies(bar -> {
                    assertThat(bar.style()).isEqualTo("state-failed");
                    assertThat(bar.x()).isEqualTo("200");
                    assertThat(bar.width()).isEqualTo("400");
                });
    }

    @Test
    void nodesAreInTheOrderOfTheirNumbers() {
        TimelineChart chart = timeline(
                List.of(
                        task("a", "tvm-10", 0, 1, ChartState.SUCCEEDED),
                        task("b", "tvm-2", 0, 1, ChartState.SUCCEEDED)),
                1);

        assertThat(chart.rows()).extracting(TimelineChart.Row::label).containsExactly("tvm-2", "tvm-10");
    }

    @Test
    void aTaskThatHasNotEndedLastsUntilNow() {
        TaskSpan running =
                new TaskSpan("a", "n1", ChartState.RUNNING, START, Optional.of(START.plusSeconds(1)), Optional.empty());

        assertThat(timeline(List.of(running), 5).bars())
                .singleElement()
                .extracting(TimelineChart.Bar::title)
                .isEqualTo("a: running, 4.0 s");
    }

    @Test
    void theTimelineOfAHundredThousandTasksShowsTheLoadOfTheNodes() {
        List<TaskSpan> tasks = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int start = i / 1_000;
            ChartState state = i == 50_000 ? ChartState.FAILED : ChartState.SUCCEEDED;
            tasks.add(task("task" + i, "tvm-" + i % 500, start, start + 1, state));
        }

        TimelineChart chart = timeline(tasks, 200);

        assertThat(chart.binned()).isTrue();
        assertThat(chart.rows()).hasSizeLessThanOrEqualTo(40);
        assertThat(chart.rows().get(0).label()).isEqualTo("nodes 1 to 13");
        assertThat(render(chart)).hasSizeLessThan(600_000);
        assertThat(chart.bars()).extracting(TimelineChart.Bar::title).contains("about 100% busy", "1 task failed");
    }

    @Test
    void theHistogramCountsEachDurationOnce() {
        HistogramChart chart = HistogramChart.of(seconds(1, 2, 2, 3, 9), "task");

        assertThat(chart.axis().labels()).containsExactly("0", "2 s", "4 s", "6 s", "8 s", "10 s");
        assertThat(chart.bars()).extracting(HistogramChart.Column::title).contains("2 tasks from 2.0 s to 2.4 s");
        assertThat(chart.highest()).isEqualTo(2);
        assertThat(chart.summary().median()).isEqualTo(Duration.ofSeconds(2));
        assertThat(chart.summary().most()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aFewFarLongerDurationsAreCountedBesideTheHistogram() {
        List<Duration> durations = new ArrayList<>(seconds(3600));
        for (int i = 0; i < 99; i++) {
            durations.add(Duration.ofMillis(1000 + i));
        }

        HistogramChart chart = HistogramChart.of(durations, "task");

        assertThat(chart.beyond()).isEqualTo(1);
        assertThat(chart.axis().length()).isLessThan(Duration.ofSeconds(3));
        assertThat(chart.summary().most()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aChartWithoutTasksSaysSo() {
        assertThat(render(timeline(List.of(), 0))).contains("No task has started.");
        assertThat(HistogramChart.of(List.of(), "task").bars()).isEmpty();
        assertThat(StatesChart.of(List.of(), START, START).total()).isZero();
    }

    @Test
    void theStatesAtTheEndAreThoseOfTheTasks() {
        List<TaskSpan> tasks = List.of(
                task("a", "n1", 0, 4, ChartState.SUCCEEDED),
                task("b", "n1", 1, 10, ChartState.FAILED),
                new TaskSpan("c", "n1", ChartState.RUNNING, START, Optional.of(START.plusSeconds(5)), Optional.empty()),
                new TaskSpan("d", "", ChartState.QUEUED, START, Optional.empty(), Optional.empty()));

        StatesChart chart = StatesChart.of(tasks, START, START.plusSeconds(10));

        assertThat(chart.description()).isEqualTo("4 tasks, at the end 1 succeeded, 1 failed, 1 running, 1 queued");
        assertThat(chart.layers()).extracting(StatesChart.Layer::count).containsExactly(1, 1, 1, 1);
    }

    @Test
    void namesThatAreMarkupOrTerminalEscapesAreText() {
        String html = render(timeline(
                List.of(task(
                        "<script>alert(1)</script>\u001b[31m",
                        "\"><img src=x onerror=alert(1)>",
                        0,
                        1,
                        ChartState.SUCCEEDED)),
                1));

        assertThat(html)
                .doesNotContain("<script", "<img", "\u001b")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u001b[31m", "&lt;img src=x onerror=alert(1)&gt;");
    }

    @Test
    void aChartHasATitleAndADescriptionForScreenReaders() {
        assertThat(render(timeline(List.of(task("a", "n1", 0, 1, ChartState.SUCCEEDED)), 1)))
                .contains("role=\"img\" aria-labelledby=\"t-title t-desc\"")
                .contains("<title id=\"t-title\">Timeline</title>")
                .contains("<desc id=\"t-desc\">1 task on 1 node");
    }

    private static String render(TimelineChart chart) {
        return TEMPLATES.render("page/timeline.jte", Map.of("title", "Timeline", "id", "t", "chart", chart));
    }

    private static TimelineChart timeline(List<TaskSpan> tasks, int seconds) {
        return TimelineChart.of(tasks, START, START.plusSeconds(seconds));
    }

    private static TaskSpan task(String id, String node, int start, int end, ChartState state) {
        return new TaskSpan(
                id, node, state, START, Optional.of(START.plusSeconds(start)), Optional.of(START.plusSeconds(end)));
    }

    private static List<Duration> seconds(int... seconds) {
        List<Duration> durations = new ArrayList<>();
        for (int second : seconds) {
            durations.add(Duration.ofSeconds(second));
        }
        return durations;
    }

    @Test
    void textOfSeveralLinesKeepsItsLinesAndShowsEscapes() {
        assertThat(TEXT.lines("a\u001b[1m\r\nb\u0000")).isEqualTo("a\\u001b[1m\nb\\u0000");
    }
}
