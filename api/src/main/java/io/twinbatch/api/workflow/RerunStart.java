package io.twinbatch.api.workflow;

import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.workflow.stage.CreatedResources;
import java.time.Duration;

/**
 * The start of a further job of a run, for tasks that have to run again. The time limit of the run still applies.
 *
 * @param next how the job comes to be
 * @param limit the run's time limit
 * @param deadline when it is reached
 */
record RerunStart(JobStart next, Duration limit, Deadline deadline) implements JobStart {
    @Override
    public Opened open(CreatedResources owned) throws InterruptedException {
        Opened opened = next.open(owned);
        return new Opened(opened.tasks(), limit, deadline, opened.totalBegun(), opened.contents());
    }

    @Override
    public boolean canBeTriedAgain() {
        return next.canBeTriedAgain();
    }
}
