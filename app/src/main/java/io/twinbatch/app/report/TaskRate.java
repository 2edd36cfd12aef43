package io.twinbatch.app.report;

import io.twinbatch.api.job.TaskCounts;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast tasks end, counted from a first look at them, so that a resumed run does not count what it found.
 *
 * @param completed how many had ended at the first look
 * @param elapsed how long the run had been watched then
 */
record TaskRate(int completed, Duration elapsed) {
    private static final Duration TO_BE_JUDGED = Duration.ofSeconds(3);

    /** The rate and when the rest will be done at that rate; empty while that cannot be judged, or nothing is left. */
    Optional<String> describe(TaskCounts counts, Duration now) {
        Duration time = now.minus(elapsed);
        int done = counts.completed() - completed;
        int open = counts.total() - counts.completed();
        if (time.compareTo(TO_BE_JUDGED) < 0 || done <= 0 || open == 0) {
            return Optional.empty();
        }
        double perSecond = done * 1000.0 / time.toMillis();
        Duration left = Duration.ofMillis((long) (open / perSecond * 1000));
        return Optional.of(speed(perSecond) + ", about " + RunReporter.wholeSeconds(left) + " left");
    }

    private static String speed(double perSecond) {
        return perSecond >= 1
                ? String.format(Locale.ROOT, "%,.1f/s", perSecond)
                : String.format(Locale.ROOT, "%,.1f/min", perSecond * 60);
    }
}
