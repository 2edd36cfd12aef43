package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The states by which tasks are distinguished and filtered. */
public enum TaskState {
    /** It waits. */
    QUEUED,
    /** A node works on it. */
    RUNNING,
    /** It ended well. */
    SUCCEEDED,
    /** It ended badly. */
    FAILED;

    /** The state of a task. */
    public static TaskState of(Task task) {
        TaskStatus status = task.status();
        if (status.isFailure()) {
            return FAILED;
        }
        if (status.isFinal()) {
            return SUCCEEDED;
        }
        return status.isQueued() ? QUEUED : RUNNING;
    }

    /** The state of a name; empty when no state has it. */
    public static Optional<TaskState> named(String name) {
        return Stream.of(values()).filter(state -> state.label().equals(name)).findFirst();
    }

    /** Its name for a person, an address and a stylesheet. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
