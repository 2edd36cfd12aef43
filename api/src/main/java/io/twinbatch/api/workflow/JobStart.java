package io.twinbatch.api.workflow;

import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.workflow.stage.CreatedResources;
import java.time.Duration;
import java.util.Map;

/** How a run comes to have its tasks in a job. */
interface JobStart {
    /**
     * Brings it about.
     *
     * @param owned takes what the run has created, or at least asked for
     */
    Opened open(CreatedResources owned) throws InterruptedException;

    /** Whether all that there is stays when the opening fails at the provider, so that it can be tried again. */
    boolean canBeTriedAgain();

    /**
     * What is to be watched.
     *
     * @param tasks how many tasks of the first phase the job has
     * @param limit how long they are watched at most
     * @param deadline when that is over
     * @param totalBegun whether the task of the total is in the job already
     * @param contents the SHA-256 of each input's content, by the name of its result object; empty when unknown
     */
    record Opened(int tasks, Duration limit, Deadline deadline, boolean totalBegun, Map<String, String> contents) {}
}
