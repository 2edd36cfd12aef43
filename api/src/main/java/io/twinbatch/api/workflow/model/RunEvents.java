package io.twinbatch.api.workflow.model;

import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvent.StepDone;
import io.twinbatch.api.workflow.model.RunEvent.StepStarted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Hands events to the listener one at a time, from whatever thread they come. */
public final class RunEvents {
    private final RunListener listener;
    private final Clock clock;

    public RunEvents(RunListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    public synchronized void publish(RunEvent event) {
        listener.on(event);
    }

    public void warn(String text) {
        publish(new RunEvent.Warning(text));
    }

    /** Does a step between its two events; a step that fails has no second one. */
    public <T> T step(Step step, StepBody<T> body) throws InterruptedException {
        publish(new StepStarted(step));
        Instant started = clock.instant();
        T result = body.run();
        publish(new StepDone(step, Duration.between(started, clock.instant())));
        return result;
    }

    /** What a step does. */
    public interface StepBody<T> {
        T run() throws InterruptedException;
    }
}
