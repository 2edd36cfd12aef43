package io.twinbatch.local.engine;

import io.twinbatch.local.node.Work;
import io.twinbatch.local.state.TaskRecord;
import java.util.Optional;

/** A task on a node: at first perhaps waiting for the node to be prepared for its job, then being worked on. */
final class Assignment {
    private final NodeEntry node;
    private final JobEntry job;
    private final String taskKey;
    private final int slots;
    private Optional<Work> work = Optional.empty();

    Assignment(NodeEntry node, JobEntry job, TaskRecord task) {
        this.node = node;
        this.job = job;
        this.taskKey = Keys.ofTask(task.spec().id());
        this.slots = task.spec().requiredSlots();
    }

    NodeEntry node() {
        return node;
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

    /** What is being done; empty while it waits. */
    Optional<Work> work() {
        return work;
    }

    void begin(Work begun) {
        work = Optional.of(begun);
    }
}
