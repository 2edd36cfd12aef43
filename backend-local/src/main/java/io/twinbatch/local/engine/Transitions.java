package io.twinbatch.local.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long states last that lie between two others, such as that of a pool that is being resized. The records say since
 * when something is in its state, so that an engine that is opened later ends what another has begun. Used by the
 * engine's thread alone.
 */
final class Transitions {
    private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);

    private final Duration time;
    private final EngineLoop loop;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    /** Whether the state will be settled at {@link #wakesAt}, by {@link System#nanoTime}. */
    private boolean wakes;

    private long wakesAt;

    Transitions(Duration time, EngineLoop loop, ScheduledExecutorService timer, Clock clock) {
        this.time = time;
        this.loop = loop;
        this.timer = timer;
        this.clock = clock;
    }

    /** Whether nothing takes longer than it must. */
    boolean areInstant() {
        return time.isZero();
    }

    /** Whether what began then is over; when it is not, the state is settled again as soon as it is. */
    boolean isOver(Instant since) {
        return hasPassed(since, time);
    }

    /** Whether half of what began then is over; when it is not, the state is settled again as soon as it is. */
    boolean isHalfOver(Instant since) {
        return hasPassed(since, time.dividedBy(2));
    }

    private boolean hasPassed(Instant since, Duration length) {
        Duration passed = Duration.between(since, clock.instant());
        // The clock may have been set back since; nothing takes longer for that.
        if (passed.isNegative() || passed.compareTo(length) >= 0) {
            return true;
        }
        settleIn(length.minus(passed));
        return false;
    }

    private void settleIn(Duration left) {
        long at = System.nanoTime() + left.toNanos();
        if (wakes && wakesAt - at <= 0) {
            return;
        }
        wakes = true;
        wakesAt = at;
        try {
            // Every event has the state settled. One too many does no harm, so that none is cancelled.
            var unused =
                    timer.schedule(() -> loop.post(() -> wakes = false), left.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The engine is being closed; the next one ends what is under way", e);
        }
    }
}
