package io.twinbatch.local.record;

import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a task when.
 *
 * @param phases its states
 * @param lastRetry when it was last tried again
 * @param lastRequeue when it was last queued again
 * @param orderedEnd what end was ordered while it ran; a next engine carries it out instead of running the task again
 */
public record TaskHistory(
        StateHistory<TaskPhase> phases,
        Optional<Instant> lastRetry,
        Optional<Instant> lastRequeue,
        Optional<OrderedEnd> orderedEnd) {
    /** Ends that take a moment. */
    public enum OrderedEnd {
        /** It is to stop. */
        TERMINATION,
        /** It is to stop and be gone. */
        DELETION
    }

    /** Of a task that was just submitted. */
    public static TaskHistory begun(Instant now) {
        return new TaskHistory(StateHistory.begun(now), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** With other states. */
    public TaskHistory with(StateHistory<TaskPhase> newPhases) {
        return new TaskHistory(newPhases, lastRetry, lastRequeue, orderedEnd);
    }

    /** With an end ordered; what is to be deleted stays so. */
    public TaskHistory ordered(OrderedEnd end) {
        boolean isGoing = orderedEnd.equals(Optional.of(OrderedEnd.DELETION));
        return isGoing ? this : new TaskHistory(phases, lastRetry, lastRequeue, Optional.of(end));
    }

    /** After a further try was decided. */
    public TaskHistory retried(Instant now) {
        return new TaskHistory(phases, Optional.of(now), lastRequeue, orderedEnd);
    }

    /** After it was queued again. */
    public TaskHistory requeued(Instant now) {
        return new TaskHistory(phases, lastRetry, Optional.of(now), orderedEnd);
    }

    /** As if it had never been tried. */
    public TaskHistory anew() {
        return new TaskHistory(phases, Optional.empty(), lastRequeue, Optional.empty());
    }
}
