package io.twinbatch.local.record;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * The versions of what clients change: a version is the time of the change, in the service's ticks of 100 ns. Two changes
 * never share a tick, so that the time alone identifies the version.
 */
public final class ETags {
    private static final int NANOS_PER_TICK = 100;
    private static final Instant FIRST_TICK = Instant.parse("0001-01-01T00:00:00Z");
    private static final long TICKS_PER_SECOND = 10_000_000;

    private ETags() {}

    /** The time of a change that is made now to something that was last changed then. */
    public static Instant next(Instant last, Instant now) {
        Instant tick = tick(now);
        return tick.isAfter(last) ? tick : tick(last).plusNanos(NANOS_PER_TICK);
    }

    /** A time without what is finer than a tick. */
    public static Instant tick(Instant time) {
        long nanos = time.getLong(ChronoField.NANO_OF_SECOND);
        return time.with(ChronoField.NANO_OF_SECOND, nanos - nanos % NANOS_PER_TICK);
    }

    /** How the service writes a version. */
    public static String of(Instant version) {
        Duration since = Duration.between(FIRST_TICK, version);
        long ticks = since.getSeconds() * TICKS_PER_SECOND + since.getNano() / NANOS_PER_TICK;
        return "0x" + Long.toHexString(ticks).toUpperCase(Locale.ROOT);
    }
}
