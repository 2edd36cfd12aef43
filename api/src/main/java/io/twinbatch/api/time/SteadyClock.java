package io.twinbatch.api.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * A monotonic clock: it begins with the time of another clock, and then adds the time that passes. What is
 * measured with it is as long as it seems, also when the machine's clock jumps meanwhile. The time for which a machine
 * sleeps does not count on every system.
 */
public final class SteadyClock extends Clock {
    private final Clock origin;
    private final LongSupplier nanoTime;
    private final Instant began;
    private final long beganNanos;

    /** A clock that begins with the machine's time. */
    public SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    /**
     * A clock that begins with the time of another one.
     *
     * @param origin gives the first time, and the zone
     * @param nanoTime measures how much time has passed, in nanoseconds from any point on
     */
    SteadyClock(Clock origin, LongSupplier nanoTime) {
        this.origin = Objects.requireNonNull(origin, "origin");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.began = origin.instant();
        this.beganNanos = nanoTime.getAsLong();
    }

    @Override
    public Instant instant() {
        return began.plus(Duration.ofNanos(nanoTime.getAsLong() - beganNanos));
    }

    @Override
    public ZoneId getZone() {
        return origin.getZone();
    }

    /** The same time, in another zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        SteadyClock steady = this;
        return new Clock() {
            @Override
            public Instant instant() {
                return steady.instant();
            }

            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return steady.withZone(other);
            }
        };
    }
}
