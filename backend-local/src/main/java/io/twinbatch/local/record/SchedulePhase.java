package io.twinbatch.local.record;

/** Where a job schedule is in its life. */
public enum SchedulePhase {
    /** It makes jobs. */
    ACTIVE,
    /** It makes no jobs until it is enabled again. */
    DISABLED,
    /** It is ending with its job. */
    TERMINATING,
    /** It has ended. */
    COMPLETED,
    /** It is being deleted with its jobs. */
    DELETING
}
