package io.twinbatch.api.pool;

/** Where a pool is in its life. */
public enum PoolState {
    /** Nodes are being added or removed to reach the target counts. */
    RESIZING,
    /** The pool has come to rest: at its target counts, or short of them with a {@link ResizeError}. */
    STEADY,
    /** The pool is being deleted and will be gone. */
    DELETING
}
