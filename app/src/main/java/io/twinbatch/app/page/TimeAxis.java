package io.twinbatch.app.page;

import io.twinbatch.app.report.HumanFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The horizontal axis of a chart: durations from zero to a round one, with labels at equal distances. A chart is
 * {@value #WIDTH} units wide and as many pixels as there is room for.
 *
 * @param step the duration between two labels
 * @param steps the number of steps
 */
public record TimeAxis(Duration step, int steps) {
    /** The width of every chart. */
    public static final int WIDTH = 1000;

    private static final int MAX_STEPS = 5;

    /** In milliseconds: steps that clocks have. */
    private static final long[] STEPS = {
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        14_400_000,
        21_600_000,
        43_200_000,
        86_400_000
    };

    /** The shortest axis that has room for a duration. */
    public static TimeAxis of(Duration length) {
        long millis = Math.max(1, length.toMillis());
        for (long step : STEPS) {
            if (step * MAX_STEPS >= millis) {
                return new TimeAxis(Duration.ofMillis(step), (int) ((millis + step - 1) / step));
            }
        }
        long day = STEPS[STEPS.length - 1];
        long step = day * ((millis + day * MAX_STEPS - 1) / (day * MAX_STEPS));
        return new TimeAxis(Duration.ofMillis(step), (int) ((millis + step - 1) / step));
    }

    /** The duration at the end. */
    public Duration length() {
        return step.multipliedBy(steps);
    }

    /** The position of a duration. */
    public double x(Duration time) {
        double share = (double) time.toMillis() / length().toMillis();
        return Math.max(0, Math.min(1, share)) * WIDTH;
    }

    /** The labels, the first at zero and the last at the end. */
    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            labels.add(label(step.multipliedBy(i)));
        }
        return labels;
    }

    private String label(Duration time) {
        if (time.isZero()) {
            return "0";
        }
        return step.toMillis() < 100
                ? time.toMillis() + " ms"
                : HumanFormat.duration(time).replace(".0 s", " s");
    }

    /** The positions of the labels between the ends. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i < steps; i++) {
            lines.add(SvgNumber.of(x(step.multipliedBy(i))));
        }
        return lines;
    }
}
