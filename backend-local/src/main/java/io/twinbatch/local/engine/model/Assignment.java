package io.twinbatch.local.engine.model;

import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.util.Optional;

/** A task on a node: at first perhaps waiting for the node to be prepared for its job, then being worked on. */
public final class Assignment {
    private final NodeEntry node;
    private final JobEntry job;
    private final String taskKey;
    private final int slots;
    private final Optional<InstanceGroup> group;
    private Optional<NodeWork> work = Optional.empty();

    /**
     * A task, or an instance of it, on a node.
     *
     * @param group the instances of a task that runs on several nodes; empty for one that runs on this node alone
     */
    public Assignment(NodeEntry node, JobEntry job, TaskRecord task, Optional<InstanceGroup> group) {
        this.node = node;
        this.job = job;
        this.taskKey = RecordKeys.ofTask(task.spec().id());
        this.group = group;
        this.slots = task.spec().requiredSlots();
    }

    public NodeEntry node() {
        return node;
    }

    public JobEntry job() {
        return job;
    }

    /** The task's key within its job. */
    public String taskKey() {
        return taskKey;
    }

    /** The instances of a task that runs on several nodes. */
    public Optional<InstanceGroup> group() {
        return group;
    }

    /** The key of the task, as its node keeps it. */
    String key() {
        return job.key() + "/" + taskKey;
    }

    int slots() {
        return slots;
    }

    /** What is being done; empty while it waits. */
    public Optional<NodeWork> work() {
        return work;
    }

    public void begin(NodeWork begun) {
        work = Optional.of(begun);
    }
}
