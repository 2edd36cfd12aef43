package io.twinbatch.local.node;

/** Why a piece of work is ended from outside. */
public enum EndReason {
    /** It ran longer than it may. */
    TIME_LIMIT,
    /** It wrote more to its standard output or error than is kept. */
    OUTPUT_LIMIT,
    /** Somebody terminated or deleted it or its job. */
    TERMINATED,
    /** It is in the way, and runs again: its node leaves the pool, or its job is disabled. */
    REQUEUED,
    /** The engine stops; the task runs again when it is back. */
    ENGINE_CLOSING
}
