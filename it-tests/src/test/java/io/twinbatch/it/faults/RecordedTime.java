package io.twinbatch.it.faults;

import io.twinbatch.api.time.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that goes on when somebody sleeps, and not otherwise; nobody really sleeps. */
public final class RecordedTime extends Clock implements Sleeper {
    private final List<Duration> naps = new CopyOnWriteArrayList<>();
    private Instant now = Clock.systemUTC().instant();

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        naps.add(duration);
        now = now.plus(duration);
    }

    /** How long was slept, each time. */
    List<Duration> naps() {
        return naps;
    }

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
        return Clock.fixed(instant(), zone);
    }
}
