package io.twinbatch.local.node;

/** Why a piece of work is ended from outside. */
public enum EndReason {
    /** It ran longer than it may. */
    TIME_LIMIT,
    /** Somebody terminated or deleted it or its job. */
    TERMINATED,
    /** Its node leaves the pool; the task runs again elsewhere. */
    NODE_LEAVING,
    /** The engine stops; the task runs again when it is back. */
    ENGINE_CLOSING
}
