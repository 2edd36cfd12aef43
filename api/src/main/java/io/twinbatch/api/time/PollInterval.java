package io.twinbatch.api.time;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a wait polls: at first quickly, then by half as much again each time up to a bound.
 *
 * @param first the time before the second poll; more than zero
 * @param longest the bound; at least {@code first}
 */
public record PollInterval(Duration first, Duration longest) {
    /** For a provider on this machine, where a poll costs next to nothing. */
    public static final PollInterval NEARBY = new PollInterval(Duration.ofMillis(20), Duration.ofMillis(200));

    /** For a provider across the network, which counts and throttles requests. */
    public static final PollInterval REMOTE = new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(10));

    public PollInterval {
        Objects.requireNonNull(longest, "longest");
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a poll interval grows from more than zero, not " + first + " to " + longest);
        }
    }

    /** The interval that follows the given one. */
    Duration after(Duration interval) {
        Duration longer = interval.multipliedBy(3).dividedBy(2);
        return longer.compareTo(longest) > 0 ? longest : longer;
    }
}
