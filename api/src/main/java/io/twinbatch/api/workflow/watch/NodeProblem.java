package io.twinbatch.api.workflow.watch;

/** Why a node runs no task of a job; what says most about a run's failure comes first. */
public enum NodeProblem {
    /** Its start task failed. */
    START_TASK_FAILED,
    /** The job's preparation task failed there. */
    UNPREPARED,
    /** The provider has given up on it. */
    UNUSABLE,
    /** The provider has lost contact with it; it may come back. */
    LOST,
    /** A spot node that was taken away; it may come back. */
    TAKEN_AWAY
}
