package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A provider that cannot be asked for a while. The tasks run on meanwhile, so that a poll that failed, after the
 * provider's own retries, is reported and tried again for a bounded time.
 */
public final class ProviderOutage {
    /** How long it may last before it ends the run. */
    static final Duration MAX_DURATION = Duration.ofMinutes(5);

    private final Clock clock;
    private final RunEvents events;
    private Instant since;

    public ProviderOutage(Clock clock, RunEvents events) {
        this.clock = clock;
        this.events = events;
    }

    /** A poll has failed; throws its failure when that will not pass, or has lasted too long. */
    void failed(BatchException failure) {
        if (!failure.code().isTransient()) {
            throw failure;
        }
        Instant now = clock.instant();
        if (since == null) {
            since = now;
            events.warn("the provider does not answer requests about the tasks; trying again for "
                    + RunTimes.inWords(MAX_DURATION) + ": " + failure.getMessage());
        }
        if (Duration.between(since, now).compareTo(MAX_DURATION) >= 0) {
            throw failure;
        }
    }

    /** A poll has succeeded. */
    void over() {
        if (since != null) {
            events.warn("the provider answers again");
            since = null;
        }
    }
}
