package io.twinbatch.local.record;

/** The service's states of a subtask. */
public enum SubtaskPhase {
    /** A node of its task is being prepared for the job. */
    PREPARING,
    /** Its coordination command runs, or has run while the task goes on. */
    RUNNING,
    /** It has ended, and so has its task. */
    COMPLETED
}
