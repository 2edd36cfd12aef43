package io.twinbatch.app.page;

import io.twinbatch.app.report.HumanFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many tasks were in which state over time, on top of each other.
 *
 * @param description what it shows, in a sentence
 * @param layers the areas, the lowest first
 * @param axis the time since the first submission
 * @param total the number of tasks at the upper end
 */
public record StatesChart(String description, List<Layer> layers, TimeAxis axis, int total) {
    /** The height of the drawing. */
    public static final int HEIGHT = 140;

    private static final int POINTS = 160;

    /**
     * An area.
     *
     * @param state the state
     * @param path its outline
     * @param count how many tasks are in that state at the end
     */
    public record Layer(ChartState state, String path, int count) {}

    /**
     * Draws a chart.
     *
     * @param from the start of the time axis
     * @param now its end
     */
    public static StatesChart of(List<TaskSpan> tasks, Instant from, Instant now) {
        TimeAxis axis = TimeAxis.of(Duration.between(from, now));
        // Changes of the count of each state at each point, summed up below.
        Map<ChartState, int[]> counts = new EnumMap<>(ChartState.class);
        for (ChartState state : ChartState.values()) {
            counts.put(state, new int[POINTS + 1]);
        }
        double lastPoint = axis.x(Duration.between(from, now)) / TimeAxis.WIDTH;
        for (TaskSpan task : tasks) {
            ChartState before = ChartState.QUEUED;
            counts.get(before)[point(task.created(), from, axis, lastPoint)]++;
            if (task.started().isPresent()) {
                before = move(
                        counts, before, ChartState.RUNNING, point(task.started().get(), from, axis, lastPoint));
            }
            if (task.ended().isPresent()) {
                move(counts, before, task.state(), point(task.ended().get(), from, axis, lastPoint));
            }
        }
        counts.values().forEach(StatesChart::sum);
        return new StatesChart(
                description(counts, tasks.size()), layers(counts, tasks.size(), lastPoint), axis, tasks.size());
    }

    private static ChartState move(Map<ChartState, int[]> counts, ChartState before, ChartState after, int point) {
        counts.get(before)[point]--;
        counts.get(after)[point]++;
        return after;
    }

    private static int point(Instant time, Instant from, TimeAxis axis, double lastPoint) {
        double share = axis.x(Duration.between(from, time)) / TimeAxis.WIDTH / lastPoint;
        return (int) Math.max(0, Math.min(POINTS, Math.ceil(share * POINTS)));
    }

    private static void sum(int[] changes) {
        for (int i = 1; i < changes.length; i++) {
            changes[i] += changes[i - 1];
        }
    }

    private static String description(Map<ChartState, int[]> counts, int total) {
        List<String> parts = new ArrayList<>();
        counts.forEach((state, values) -> {
            if (values[POINTS] > 0) {
                parts.add(values[POINTS] + " " + state.label());
            }
        });
        return HumanFormat.count(total, "task") + (parts.isEmpty() ? "" : ", at the end " + String.join(", ", parts));
    }

    private static List<Layer> layers(Map<ChartState, int[]> counts, int total, double lastPoint) {
        List<Layer> layers = new ArrayList<>();
        int[] below = new int[POINTS + 1];
        for (Map.Entry<ChartState, int[]> entry : counts.entrySet()) {
            int[] above = below.clone();
            for (int i = 0; i <= POINTS; i++) {
                above[i] += entry.getValue()[i];
            }
            layers.add(new Layer(
                    entry.getKey(), path(below, above, Math.max(1, total), lastPoint), entry.getValue()[POINTS]));
            below = above;
        }
        return layers;
    }

    /** Along the upper edge, and back along the lower one. */
    private static String path(int[] below, int[] above, int total, double lastPoint) {
        StringBuilder path = new StringBuilder("M");
        for (int i = 0; i <= POINTS; i++) {
            path.append(i == 0 ? "" : "L").append(place(i, above[i], total, lastPoint));
        }
        for (int i = POINTS; i >= 0; i--) {
            path.append('L').append(place(i, below[i], total, lastPoint));
        }
        return path.append('Z').toString();
    }

    private static String place(int point, int count, int total, double lastPoint) {
        double x = (double) point / POINTS * lastPoint * TimeAxis.WIDTH;
        return SvgNumber.of(x) + " " + SvgNumber.of(HEIGHT - (double) count / total * HEIGHT);
    }
}
