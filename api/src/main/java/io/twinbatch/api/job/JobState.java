package io.twinbatch.api.job;

/** Where a job is in its life. */
public enum JobState {
    /** Its tasks are started as nodes have room. */
    ACTIVE,
    /** Its running tasks are being ended; no further one starts. */
    TERMINATING,
    /** It has ended; tasks that had not run stay queued for ever. */
    COMPLETED,
    /** It is being deleted with its tasks and will be gone. */
    DELETING
}
