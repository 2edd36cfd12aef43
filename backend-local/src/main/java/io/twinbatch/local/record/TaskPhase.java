package io.twinbatch.local.record;

import io.twinbatch.api.job.TaskStatus;

/** The service's four states of a task, coarser than the engine's. */
public enum TaskPhase {
    /** It waits. */
    ACTIVE,
    /** Its node is being prepared for its job. */
    PREPARING,
    /** Its files are fetched, its process runs, or its outputs are uploaded. */
    RUNNING,
    /** It has ended, however. */
    COMPLETED;

    /** The phase that a status belongs to. */
    public static TaskPhase of(TaskStatus status) {
        if (status.isFinal()) {
            return COMPLETED;
        }
        if (status instanceof TaskStatus.Preparing) {
            return PREPARING;
        }
        return status instanceof TaskStatus.Running || status instanceof TaskStatus.Uploading ? RUNNING : ACTIVE;
    }
}
