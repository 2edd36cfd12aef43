package io.twinbatch.api.workflow;

import io.twinbatch.api.time.Deadline;
import java.time.Duration;

/**
 * The opening of a further job of a run, for tasks that have to run again. The run's time limit goes on counting.
 *
 * @param next how the job comes to be
 * @param limit the run's time limit
 * @param deadline when it is reached
 */
record RepeatedOpening(Opening next, Duration limit, Deadline deadline) implements Opening {
    @Override
    public Opened open(Owned owned) throws InterruptedException {
        Opened opened = next.open(owned);
        return new Opened(opened.tasks(), limit, deadline, opened.totalBegun(), opened.contents());
    }

    @Override
    public boolean canBeTriedAgain() {
        return next.canBeTriedAgain();
    }
}
