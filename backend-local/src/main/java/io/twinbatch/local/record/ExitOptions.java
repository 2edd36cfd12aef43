package io.twinbatch.local.record;

import java.util.Optional;

/**
 * What follows from an ending of a task.
 *
 * @param action what happens to its job, when the job asks for that; empty for the default of the ending
 * @param satisfies whether tasks that depend on it may start; empty for the default of the ending
 */
public record ExitOptions(Optional<JobAction> action, Optional<Boolean> satisfies) {
    /** The defaults of the ending. */
    public static final ExitOptions DEFAULT = new ExitOptions(Optional.empty(), Optional.empty());

    /** What may happen to a job after a task's ending. */
    public enum JobAction {
        /** Nothing. */
        NONE,
        /** It is disabled, and what runs is queued again. */
        DISABLE,
        /** It is terminated. */
        TERMINATE
    }
}
