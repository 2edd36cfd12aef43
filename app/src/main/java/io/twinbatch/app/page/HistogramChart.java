package io.twinbatch.app.page;

import io.twinbatch.app.report.HumanFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often which duration occurs. A few durations that are far longer than the others are counted beside the chart, so
 * that they do not press all others into one bar.
 *
 * @param description what it shows, in a sentence
 * @param bars what is drawn
 * @param axis the durations
 * @param highest the number that the highest bar stands for
 * @param beyond how many durations are longer than the axis
 * @param summary the usual figures; all zero when there are no durations
 */
public record HistogramChart(
        String description, List<Column> bars, TimeAxis axis, int highest, int beyond, Summary summary) {
    /** The height of the drawing. */
    public static final int HEIGHT = 120;

    private static final int BINS_PER_STEP = 5;
    private static final int OUTLIER = 3;

    /**
     * One bar.
     *
     * @param x its left end
     * @param y its upper end
     * @param width its width
     * @param height its height
     * @param title what it stands for
     */
    public record Column(String x, String y, String width, String height, String title) {}

    /**
     * The usual figures.
     *
     * @param count the number of durations
     * @param least the shortest
     * @param median the one in the middle
     * @param high the one that 95 of 100 do not exceed
     * @param most the longest
     */
    public record Summary(int count, Duration least, Duration median, Duration high, Duration most) {
        /** Sums up durations. */
        public static Summary of(List<Duration> durations) {
            long[] sorted =
                    durations.stream().mapToLong(Duration::toMillis).sorted().toArray();
            return new Summary(sorted.length, at(sorted, 0), at(sorted, 0.5), at(sorted, 0.95), at(sorted, 1));
        }

        private static Duration at(long[] sorted, double share) {
            if (sorted.length == 0) {
                return Duration.ZERO;
            }
            return Duration.ofMillis(sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)]);
        }
    }

    /**
     * Draws a chart.
     *
     * @param noun what has the durations, such as {@code task}
     */
    public static HistogramChart of(List<Duration> durations, String noun) {
        Summary summary = Summary.of(durations);
        boolean outliers = summary.most().compareTo(summary.high().multipliedBy(OUTLIER)) > 0
                && summary.high().toMillis() > 0;
        TimeAxis axis =
                TimeAxis.of(outliers ? summary.high().plus(summary.high().dividedBy(4)) : summary.most());
        int[] counts = new int[axis.steps() * BINS_PER_STEP];
        int beyond = 0;
        for (Duration duration : durations) {
            if (duration.compareTo(axis.length()) > 0) {
                beyond++;
            } else {
                int bin = (int) (axis.x(duration) / TimeAxis.WIDTH * counts.length);
                counts[Math.min(counts.length - 1, bin)]++;
            }
        }
        int highest = Arrays.stream(counts).max().orElse(0);
        return new HistogramChart(
                description(summary, noun), bars(counts, highest, axis, noun), axis, highest, beyond, summary);
    }

    private static String description(Summary summary, String noun) {
        if (summary.count() == 0) {
            return "no " + noun + " yet";
        }
        return HumanFormat.count(summary.count(), noun) + ": from " + HumanFormat.duration(summary.least()) + " to "
                + HumanFormat.duration(summary.most()) + ", half of them within "
                + HumanFormat.duration(summary.median());
    }

    private static List<Column> bars(int[] counts, int highest, TimeAxis axis, String noun) {
        List<Column> bars = new ArrayList<>();
        double width = (double) TimeAxis.WIDTH / counts.length;
        Duration bin = axis.length().dividedBy(counts.length);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double height = Math.max(2, (double) counts[i] / highest * (HEIGHT - 2));
                String title = HumanFormat.count(counts[i], noun) + " from " + precise(bin.multipliedBy(i)) + " to "
                        + precise(bin.multipliedBy(i + 1));
                bars.add(new Column(
                        SvgNumber.of(i * width + 1),
                        SvgNumber.of(HEIGHT - height),
                        SvgNumber.of(width - 2),
                        SvgNumber.of(height),
                        title));
            }
        }
        return bars;
    }

    private static String precise(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : HumanFormat.duration(time);
    }
}
