package io.twinbatch.app.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** How long the program has worked: since its start, without the time in which it waited for a person's answer. */
public final class ElapsedTime {
    private final Clock clock;
    private final Instant started;
    private Duration waited = Duration.ZERO;

    /** The program starts now. */
    public ElapsedTime(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Asks a person; the time until the answer does not count. */
    public boolean whileAsking(BooleanSupplier question) {
        Instant asked = clock.instant();
        try {
            return question.getAsBoolean();
        } finally {
            waited = waited.plus(Duration.between(asked, clock.instant()));
        }
    }

    /** As of this moment. */
    public Measured measure() {
        Instant now = clock.instant();
        return new Measured(started, now, Duration.between(started, now).minus(waited));
    }

    /**
     * The time of a program that ends.
     *
     * @param started when it was started
     * @param ended when it ended
     * @param worked how long it worked in between
     */
    public record Measured(Instant started, Instant ended, Duration worked) {}
}
