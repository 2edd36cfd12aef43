package io.twinbatch.local.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a schedule makes jobs.
 *
 * @param notBefore not before this time
 * @param notAfter not after this time
 * @param window how long after its time a job may begin; one that cannot is left out
 * @param interval the time from one job to the next; empty for one job alone
 */
public record Recurrence(
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        Optional<Duration> window,
        Optional<Duration> interval) {
    /** When the first job is due of a schedule that is made or changed now. */
    public Instant first(Instant now) {
        return notBefore.filter(now::isBefore).orElse(now);
    }

    /** Whether no job may begin any more. */
    public boolean isOver(Instant now) {
        return notAfter.filter(now::isAfter).isPresent();
    }

    /** The time of the first job after one that was due at a time, left-out ones not counted; empty when none follows. */
    public Optional<Instant> after(Instant due, Instant now) {
        return interval.map(step -> {
            Instant next = due.plus(step);
            if (window.isPresent()) {
                while (next.plus(window.get()).isBefore(now)) {
                    next = next.plus(step);
                }
                return next;
            }
            // Without a window what was missed is made up for once.
            long missed = Math.max(0, Duration.between(next, now).dividedBy(step));
            return next.plus(step.multipliedBy(missed));
        });
    }
}
