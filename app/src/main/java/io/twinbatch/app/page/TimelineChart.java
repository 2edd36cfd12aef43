package io.twinbatch.app.page;

import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which node ran which task when. Up to {@value #MAX_BARS} tasks on {@value #MAX_ROWS} lanes have a bar each; of more, the
 * chart shows how busy the nodes were.
 *
 * @param description what it shows, in a sentence
 * @param rows the labels of its rows
 * @param bars what is drawn
 * @param axis the time since the first submission
 * @param binned whether bars are shares of time and not tasks
 */
public record TimelineChart(String description, List<Row> rows, List<Bar> bars, TimeAxis axis, boolean binned) {
    /** The height of a row, which the stylesheet knows as well. */
    public static final int ROW_HEIGHT = 20;

    static final int MAX_BARS = 1_500;
    static final int MAX_ROWS = 48;

    private static final double MIN_WIDTH = 1.5;

    /**
     * A row.
     *
     * @param label its text
     * @param full the same at full length
     */
    public record Row(String label, String full) {}

    /**
     * A rectangle.
     *
     * @param style its class in the stylesheet
     * @param x its left end
     * @param y its upper end
     * @param width its width
     * @param height its height
     * @param title what it is, for a person who points at it
     */
    public record Bar(String style, String x, int y, String width, int height, String title) {}

    /**
     * Draws a chart.
     *
     * @param from the start of the time axis
     * @param now the end of the time axis, and of tasks that have not ended
     */
    public static TimelineChart of(List<TaskSpan> tasks, Instant from, Instant now) {
        SlotLanes lanes = new SlotLanes(tasks, now);
        TimeAxis axis = TimeAxis.of(Duration.between(from, now));
        long begun = tasks.stream().filter(task -> task.started().isPresent()).count();
        if (begun > MAX_BARS || lanes.count() > MAX_ROWS) {
            return new NodeLoad(lanes, axis, from, now).chart(begun);
        }
        List<Row> rows = new ArrayList<>();
        List<Bar> bars = new ArrayList<>();
        for (Map.Entry<String, List<List<TaskSpan>>> node : lanes.byNode().entrySet()) {
            int slot = 1;
            for (List<TaskSpan> lane : node.getValue()) {
                int y = rows.size() * ROW_HEIGHT;
                lane.forEach(task -> bars.add(bar(task, axis, from, now, y)));
                String label = SafeText.line(node.getKey()) + (node.getValue().size() > 1 ? " · " + slot : "");
                rows.add(new Row(label, label));
                slot++;
            }
        }
        String description = HumanFormat.count(begun, "task") + " on "
                + HumanFormat.count(lanes.byNode().size(), "node")
                + ", each from the start of its last attempt to its end";
        return new TimelineChart(description, rows, bars, axis, false);
    }

    /** The height of the drawing. */
    public int height() {
        return Math.max(1, rows.size()) * ROW_HEIGHT;
    }

    private static Bar bar(TaskSpan task, TimeAxis axis, Instant from, Instant now, int y) {
        Instant start = task.started().orElseThrow();
        Instant end = task.ended().orElse(now);
        double x = Math.min(axis.x(Duration.between(from, start)), TimeAxis.WIDTH - MIN_WIDTH);
        double width = Math.max(MIN_WIDTH, axis.x(Duration.between(from, end)) - x);
        String title = SafeText.line(task.task()) + ": " + task.state().label() + ", "
                + HumanFormat.duration(Duration.between(start, end));
        return new Bar(
                "state-" + task.state().label(), SvgNumber.of(x), y + 2, SvgNumber.of(width), ROW_HEIGHT - 4, title);
    }
}
