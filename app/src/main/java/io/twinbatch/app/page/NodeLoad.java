package io.twinbatch.app.page;

import io.twinbatch.app.page.TimelineChart.Bar;
import io.twinbatch.app.page.TimelineChart.Row;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The timeline of more tasks than a chart can have bars for: how busy nodes, or groups of nodes, were. */
final class NodeLoad {
    private static final int ROWS = 40;
    private static final int BINS = 125;
    private static final int LEVELS = 5;
    private static final int FAILURE_HEIGHT = 5;

    private final SlotLanes lanes;
    private final TimeAxis axis;
    private final Instant from;
    private final Instant now;
    private final List<Bar> bars = new ArrayList<>();

    NodeLoad(SlotLanes lanes, TimeAxis axis, Instant from, Instant now) {
        this.lanes = lanes;
        this.axis = axis;
        this.from = from;
        this.now = now;
    }

    TimelineChart chart(long tasks) {
        List<Map.Entry<String, List<List<TaskSpan>>>> nodes =
                List.copyOf(lanes.byNode().entrySet());
        int perRow = (nodes.size() + ROWS - 1) / ROWS;
        List<Row> rows = new ArrayList<>();
        for (int first = 0; first < nodes.size(); first += perRow) {
            List<Map.Entry<String, List<List<TaskSpan>>>> group =
                    nodes.subList(first, Math.min(nodes.size(), first + perRow));
            draw(group.stream().flatMap(node -> node.getValue().stream()).toList(), rows.size());
            rows.add(row(first, group));
        }
        String description = HumanFormat.count(tasks, "task") + " on " + HumanFormat.count(nodes.size(), "node")
                + ": the darker, the more slots were busy; a red foot marks a time in which tasks failed";
        return new TimelineChart(description, rows, bars, axis, true);
    }

    private static Row row(int first, List<Map.Entry<String, List<List<TaskSpan>>>> group) {
        String id = SafeText.line(group.get(0).getKey());
        if (group.size() == 1) {
            return new Row(id, id);
        }
        String last = SafeText.line(group.get(group.size() - 1).getKey());
        return new Row("nodes " + (first + 1) + " to " + (first + group.size()), id + " to " + last);
    }

    private void draw(List<List<TaskSpan>> slots, int row) {
        double[] busy = new double[BINS];
        int[] failed = new int[BINS];
        slots.forEach(slot -> slot.forEach(task -> count(task, busy, failed)));
        int[] levels = new int[BINS];
        for (int i = 0; i < BINS; i++) {
            double share = Math.min(1, busy[i] / slots.size());
            levels[i] = share <= 0 ? 0 : Math.max(1, (int) Math.ceil(share * LEVELS - 0.01));
        }
        int y = row * TimelineChart.ROW_HEIGHT;
        for (int i = 0; i < BINS; ) {
            int end = i + 1;
            while (end < BINS && levels[end] == levels[i]) {
                end++;
            }
            if (levels[i] > 0) {
                String title = "about " + levels[i] * 100 / LEVELS + "% busy";
                bars.add(bar("load-" + levels[i], i, end, y + 1, TimelineChart.ROW_HEIGHT - 2, title));
            }
            i = end;
        }
        for (int i = 0; i < BINS; i++) {
            if (failed[i] > 0) {
                int foot = y + TimelineChart.ROW_HEIGHT - 1 - FAILURE_HEIGHT;
                String title = HumanFormat.count(failed[i], "task") + " failed";
                bars.add(bar("state-failed", i, i + 1, foot, FAILURE_HEIGHT, title));
            }
        }
    }

    private static Bar bar(String style, int first, int end, int y, int height, String title) {
        double unit = (double) TimeAxis.WIDTH / BINS;
        return new Bar(style, SvgNumber.of(first * unit), y, SvgNumber.of((end - first) * unit), height, title);
    }

    /** Adds the share of each bin that a task takes. */
    private void count(TaskSpan task, double[] busy, int[] failed) {
        double start = bin(task.started().orElseThrow());
        double end = Math.max(start, bin(task.ended().orElse(now)));
        for (int i = (int) start; i < BINS && i < end; i++) {
            busy[i] += Math.min(end, i + 1.0) - Math.max(start, i);
        }
        if (task.state() == ChartState.FAILED) {
            failed[Math.min(BINS - 1, (int) end)]++;
        }
    }

    private double bin(Instant time) {
        return axis.x(Duration.between(from, time)) / TimeAxis.WIDTH * BINS;
    }
}
