package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A provider that cannot be asked for a while. The tasks run on meanwhile, so that a look that failed, after the
 * provider's own retries, is told and tried again for a bounded time.
 */
final class Outage {
    /** How long it may last before it ends the run. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock;
    private final Events events;
    private Instant since;

    Outage(Clock clock, Events events) {
        this.clock = clock;
        this.events = events;
    }

    /** A look has failed; throws its failure when that will not pass, or has lasted too long. */
    void failed(BatchException failure) {
        if (!mayPass(failure)) {
            throw failure;
        }
        Instant now = clock.instant();
        if (since == null) {
            since = now;
            events.warn("the provider could not be asked how far the tasks are; it is asked again for "
                    + RunTimes.inWords(LONGEST) + ": " + failure.getMessage());
        }
        if (Duration.between(since, now).compareTo(LONGEST) >= 0) {
            throw failure;
        }
    }

    /** A look has succeeded. */
    void over() {
        if (since != null) {
            events.warn("the provider answers again");
            since = null;
        }
    }

    /** Whether the provider may answer again when it is asked later. */
    static boolean mayPass(BatchException failure) {
        return switch (failure.code()) {
            case THROTTLED, UNAVAILABLE, TIMEOUT, UNKNOWN -> true;
            case NOT_FOUND, ALREADY_EXISTS, INVALID, UNAUTHENTICATED, FORBIDDEN, QUOTA, CONFLICT -> false;
        };
    }
}
