package io.twinbatch.api.pool;

/** What a node is doing. */
public enum NodeState {
    /** It is being made or is booting. */
    STARTING,
    /** It runs its start task. */
    WAITING_FOR_START_TASK,
    /** Its start task failed; it takes no tasks until it is removed. */
    START_TASK_FAILED,
    /** It waits for tasks. */
    IDLE,
    /** It runs at least one task. */
    RUNNING,
    /** It finishes what it runs and takes nothing new. */
    OFFLINE,
    /** It is leaving the pool. */
    LEAVING,
    /** A spot node that was taken away; it may come back. */
    PREEMPTED,
    /** It cannot run tasks; the provider has given up on it. */
    UNUSABLE,
    /** The provider has lost contact with it. */
    UNKNOWN;

    /** Whether tasks are scheduled on a node in this state. */
    public boolean takesTasks() {
        return this == IDLE || this == RUNNING;
    }
}
