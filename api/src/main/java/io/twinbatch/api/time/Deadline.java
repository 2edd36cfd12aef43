package io.twinbatch.api.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A moment by which something has to be done.
 *
 * @param clock gives the time
 * @param at the moment
 */
public record Deadline(Clock clock, Instant at) {
    public Deadline {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(at, "at");
    }

    /** The moment that is the given time from now. */
    public static Deadline after(Clock clock, Duration time) {
        return new Deadline(clock, clock.instant().plus(time));
    }

    /** How long it is until then; zero when it has passed. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether it has passed. */
    public boolean hasPassed() {
        return remaining().isZero();
    }
}
