package io.twinbatch.api.workflow;

import io.twinbatch.api.workflow.model.Cancellation;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvents;

/**
 * Does the steps of a run one after the other, unless it is to end early.
 *
 * @param events hears of each step
 * @param cancellation whether the run is to end
 */
record StepRunner(RunEvents events, Cancellation cancellation) {
    /** Does a step that has no result. */
    void run(Step step, Action action) throws InterruptedException {
        Void ignored = get(step, () -> {
            action.run();
            return null;
        });
    }

    /** Does a step. */
    <T> T get(Step step, RunEvents.StepBody<T> body) throws InterruptedException {
        cancellation.check();
        T result = events.step(step, body);
        cancellation.check();
        return result;
    }

    /** What a step does. */
    interface Action {
        void run() throws InterruptedException;
    }
}
