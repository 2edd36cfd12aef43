package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.workflow.model.RunEvent.Waiting;
import io.twinbatch.api.workflow.model.RunEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says every few minutes what is being waited for, as long as tasks wait and none runs. */
final class StallReporter {
    /** Between two lines. */
    static final Duration INTERVAL = Duration.ofMinutes(2);

    private final Clock clock;
    private final RunEvents events;
    private Instant waitingSince;
    private Instant lastReported;

    StallReporter(Clock clock, RunEvents events) {
        this.clock = clock;
        this.events = events;
    }

    void poll(TaskCounts counts, PoolSnapshot snapshot) {
        if (counts.queued() == 0 || counts.running() > 0) {
            waitingSince = null;
            return;
        }
        Instant now = clock.instant();
        if (waitingSince == null) {
            waitingSince = now;
            lastReported = now;
        }
        if (Duration.between(lastReported, now).compareTo(INTERVAL) >= 0) {
            lastReported = now;
            events.publish(new Waiting(counts.queued(), Duration.between(waitingSince, now), snapshot.waiting()));
        }
    }
}
