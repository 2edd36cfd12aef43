package io.twinbatch.local.engine.model;

import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A try of a task that runs on several nodes: its instances begin when all their nodes have been prepared, and what ends
 * the first of them ends all.
 */
public final class InstanceGroup {
    private final JobEntry job;
    private final String taskKey;

    /** The primary first. */
    private final List<Assignment> instances = new ArrayList<>();

    private final Set<Assignment> unprepared = new HashSet<>();

    /** Everything that has begun, with what may have been left running. */
    private final List<NodeWork> works = new ArrayList<>();

    private final Set<NodeWork> going = new LinkedHashSet<>();

    /** How the coordination commands have ended. */
    private final Map<Assignment, WorkOutcome> coordination = new HashMap<>();

    private Optional<Ending> ending = Optional.empty();

    /**
     * What has decided about the end of all.
     *
     * @param instance the instance that ended
     * @param outcome how
     */
    public record Ending(Assignment instance, WorkOutcome outcome) {}

    private InstanceGroup(JobEntry job, TaskRecord task) {
        this.job = job;
        this.taskKey = RecordKeys.ofTask(task.spec().id());
    }

    /**
     * A task on several nodes.
     *
     * @param nodes its nodes; the first one is that of the primary
     */
    public static InstanceGroup of(List<NodeEntry> nodes, JobEntry job, TaskRecord task) {
        InstanceGroup group = new InstanceGroup(job, task);
        nodes.forEach(node -> group.instances.add(new Assignment(node, job, task, Optional.of(group))));
        return group;
    }

    public JobEntry job() {
        return job;
    }

    /** The task's key within its job. */
    public String taskKey() {
        return taskKey;
    }

    public List<Assignment> instances() {
        return instances;
    }

    public Assignment primary() {
        return instances.get(0);
    }

    /** The node of an instance is not prepared for the job yet. */
    public void await(Assignment instance) {
        unprepared.add(instance);
    }

    public Set<Assignment> unprepared() {
        return unprepared;
    }

    /** The node of an instance has been prepared for the job; true when it was the last one. */
    public boolean prepared(Assignment instance) {
        return unprepared.remove(instance) && unprepared.isEmpty();
    }

    /** Whether anything of it has begun. */
    public boolean isBegun() {
        return !works.isEmpty();
    }

    /** An instance begins with a command. */
    public void begin(Assignment instance, NodeWork work) {
        instance.begin(work);
        works.add(work);
        going.add(work);
    }

    public List<NodeWork> works() {
        return works;
    }

    /** What has not come to its end. */
    public Set<NodeWork> going() {
        return going;
    }

    /** A command has ended; true when it was the last one. */
    public boolean ended(NodeWork work) {
        going.remove(work);
        return going.isEmpty();
    }

    /** The coordination command of an instance has ended. */
    public void coordinated(Assignment instance, WorkOutcome outcome) {
        coordination.put(instance, outcome);
    }

    /** How the coordination command of an instance has ended. */
    public Optional<WorkOutcome> coordination(Assignment instance) {
        return Optional.ofNullable(coordination.get(instance));
    }

    public Optional<Ending> ending() {
        return ending;
    }

    /** Notes what ends all; false when something has ended them before. */
    public boolean end(Assignment instance, WorkOutcome outcome) {
        if (ending.isPresent()) {
            return false;
        }
        ending = Optional.of(new Ending(instance, outcome));
        return true;
    }
}
