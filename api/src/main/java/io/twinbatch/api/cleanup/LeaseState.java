package io.twinbatch.api.cleanup;

/** Whether something that a run has created is still needed. */
public enum LeaseState {
    /** Its run may be going on. */
    HELD,
    /** Its run is over, or was cut off: nobody needs it. */
    PAST,
    /** The user wanted to keep it; no cleanup deletes it unless it is asked for by its run or its owner. */
    NONE
}
