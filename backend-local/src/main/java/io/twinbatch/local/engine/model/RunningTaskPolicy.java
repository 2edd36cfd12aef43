package io.twinbatch.local.engine.model;

/** What becomes of running tasks that are in the way. */
public enum RunningTaskPolicy {
    /** They are stopped, and queued again. */
    REQUEUE,
    /** They are stopped for good. */
    TERMINATE,
    /** They are waited for. */
    WAIT
}
