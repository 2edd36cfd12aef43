package io.twinbatch.azure.client;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a request is tried. The time before a further try doubles from {@code first} up to {@code longest}; a time
 * that the service names is kept instead.
 *
 * @param tries how often at most, the first time included; 1 or more
 * @param first the time before the second try
 * @param longest the bound of the time before a further try, where the service does not name one
 * @param total no further try starts later than this after the first
 */
public record RetryLimits(int tries, Duration first, Duration longest, Duration total) {
    /** Across the network, where the service throttles for half a minute at a time. */
    public static final RetryLimits REMOTE =
            new RetryLimits(6, Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(3));

    /** On this machine, where a service answers at once or is not there. */
    public static final RetryLimits NEARBY =
            new RetryLimits(6, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMinutes(1));

    public RetryLimits {
        Objects.requireNonNull(total, "total");
        if (tries < 1 || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("not a way to try again: " + tries + ", " + first + ", " + longest);
        }
    }

    /** The time before the try that follows the given one, counted from 1. */
    public Duration after(int attempt) {
        int doublings = Math.min(attempt - 1, 20);
        Duration delay = first.multipliedBy(1L << doublings);
        return delay.compareTo(longest) > 0 ? longest : delay;
    }
}
