package io.twinbatch.api.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicReference<Instant> wall = new AtomicReference<>(BEGIN);
    private final SteadyClock clock = new SteadyClock(
            new java.time.Clock() {
                @Override
                public Instant instant() {
                    return wall.get();
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public java.time.Clock withZone(ZoneId zone) {
                    return this;
                }
            },
            nanos::get);

    @Test
    void aDeadlineIsAsFarAwayAsItWasSetHoweverTheMachinesClockJumps() {
        Deadline deadline = Deadline.after(clock, Duration.ofMinutes(20));

        wall.set(BEGIN.plus(Duration.ofDays(400)));
        assertThat(deadline.hasPassed()).isFalse();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofMinutes(20));

        wall.set(BEGIN.minus(Duration.ofDays(400)));
        nanos.addAndGet(Duration.ofMinutes(20).toNanos());
        assertThat(deadline.hasPassed()).isTrue();
    }

    @Test
    void itTellsTheTimeThatHasPassedSinceItBegan() {
        nanos.addAndGet(1_500_000_000);

        assertThat(clock.instant()).isEqualTo(BEGIN.plusMillis(1500));
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin")).instant()).isEqualTo(clock.instant());
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }
}
