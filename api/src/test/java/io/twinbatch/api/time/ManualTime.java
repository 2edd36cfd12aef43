package io.twinbatch.api.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody sleeps, which takes no time. */
public final class ManualTime extends Clock implements Sleeper {
    private Instant now = Instant.parse("2026-11-22T17:59:01Z");
    private final List<Duration> sleeps = new ArrayList<>();

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only UTC");
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the sleep");
        }
        sleeps.add(duration);
        now = now.plus(duration);
    }

    /** What was slept, in order. */
    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    /** Lets time pass. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }
}
