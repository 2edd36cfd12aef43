package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast the tasks of a job end.
 *
 * @param perMinute how many tasks end in a minute; 0 when none has ended
 * @param left how long the rest takes at that rate; empty when that cannot be said
 */
public record JobProgress(double perMinute, Optional<Duration> left) {
    /** Nothing is known. */
    public static final JobProgress UNKNOWN = new JobProgress(0, Optional.empty());

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * The progress between two looks.
     *
     * @param since when counting began
     * @param completedThen how many tasks had ended then
     */
    static JobProgress between(Instant since, int completedThen, Instant now, TaskCounts counts) {
        double minutes = Duration.between(since, now).toMillis() / 60_000.0;
        int ended = counts.completed() - completedThen;
        if (minutes <= 0 || ended <= 0) {
            return UNKNOWN;
        }
        double rate = ended / minutes;
        long leftMillis = Math.round((counts.queued() + counts.running()) / rate * 60_000);
        Optional<Duration> left = Optional.of(Duration.ofMillis(leftMillis))
                .filter(time -> time.compareTo(LONGEST) < 0 && counts.completed() < counts.total());
        return new JobProgress(rate, left);
    }
}
