package io.twinbatch.api.job;

/** Which tasks of a job are listed. */
public enum TaskFilter {
    /** Every task. */
    ALL,
    /** Tasks that have not ended. */
    UNFINISHED,
    /** Tasks that ended well. */
    SUCCEEDED,
    /** Tasks that ended badly. */
    FAILED
}
