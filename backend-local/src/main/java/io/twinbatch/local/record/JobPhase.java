package io.twinbatch.local.record;

import io.twinbatch.api.job.JobState;

/** Where a job is in its life, with the states that users of the API do not see. */
public enum JobPhase {
    /** Its tasks are started as nodes have room. */
    ACTIVE,
    /** No further task starts; those that run are being dealt with. */
    DISABLING,
    /** No task runs or starts. */
    DISABLED,
    /** Its running tasks are being ended; no further one starts. */
    TERMINATING,
    /** It has ended. */
    COMPLETED,
    /** It is being deleted with its tasks. */
    DELETING;

    /** As users of the API see it: a disabled job is one that is active and whose tasks wait. */
    public JobState toState() {
        return switch (this) {
            case ACTIVE, DISABLING, DISABLED -> JobState.ACTIVE;
            case TERMINATING -> JobState.TERMINATING;
            case COMPLETED -> JobState.COMPLETED;
            case DELETING -> JobState.DELETING;
        };
    }

    /** Whether it takes further tasks. */
    public boolean takesTasks() {
        return toState() == JobState.ACTIVE;
    }
}
