package io.twinbatch.local.engine;

/** What becomes of running tasks that are in the way. */
public enum Displacement {
    /** They are stopped, and queued again. */
    REQUEUE,
    /** They are stopped for good. */
    TERMINATE,
    /** They are waited for. */
    WAIT
}
