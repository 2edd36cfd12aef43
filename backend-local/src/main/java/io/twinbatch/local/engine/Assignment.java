package io.twinbatch.local.engine;

import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.Work;
import io.twinbatch.local.state.TaskRecord;
import java.util.Optional;

/** A task on a node: at first perhaps waiting for the node to be prepared for its job, then being worked on. */
final class Assignment {
    private final JobEntry job;
    private final String taskKey;
    private final int slots;
    private Optional<Work> work = Optional.empty();
    private Optional<EndReason> ended = Optional.empty();

    Assignment(JobEntry job, TaskRecord task) {
        this.job = job;
        this.taskKey = Keys.ofTask(task.spec().id());
        this.slots = task.spec().requiredSlots();
    }

    JobEntry job() {
        return job;
    }

    /** The task's key within its job. */
    String taskKey() {
        return taskKey;
    }

    int slots() {
        return slots;
    }

    Optional<Work> work() {
        return work;
    }

    void begin(Work begun) {
        work = Optional.of(begun);
    }

    /** Why it is to be ended; empty while it is not. */
    Optional<EndReason> ended() {
        return ended;
    }

    void end(EndReason reason) {
        ended = Optional.of(reason);
    }
}
