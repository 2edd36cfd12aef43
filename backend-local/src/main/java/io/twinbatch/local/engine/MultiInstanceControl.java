package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.local.engine.host.InstancePlace;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.host.WorkFactory;
import io.twinbatch.local.engine.model.Assignment;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.InstanceGroup;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.SizeName;
import io.twinbatch.local.record.SubtaskPhase;
import io.twinbatch.local.record.SubtaskRecord;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tasks on several nodes at once (<a href="https://learn.microsoft.com/azure/batch/batch-mpi">multi-instance tasks</a>).
 * The nodes are prepared for the job, then each runs the coordination command, then the primary runs the command line of
 * the task; what a coordination command has left running lives until the task ends. The first command that fails, or is
 * ended from outside, ends all; otherwise the end of the command line does. A task that is tried or queued again gives
 * all its nodes back.
 */
final class MultiInstanceControl {
    private final EngineState state;
    private final NodeHost host;
    private final WorkFactory works;
    private final EngineLoop loop;
    private final NodeJobTasks nodeTasks;
    private final TaskProgress progress;
    private final Clock clock;

    MultiInstanceControl(
            EngineState state,
            NodeHost host,
            WorkFactory works,
            EngineLoop loop,
            NodeJobTasks nodeTasks,
            TaskProgress progress,
            Clock clock) {
        this.state = state;
        this.host = host;
        this.works = works;
        this.loop = loop;
        this.nodeTasks = nodeTasks;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Puts a queued task on nodes that have room for it.
     *
     * @param nodes its nodes; the first one is that of the primary
     * @param listener hears of nodes that had to be prepared for the job first
     */
    void place(List<NodeEntry> nodes, JobEntry job, TaskRecord task, NodeJobTasks.Prepared listener) {
        InstanceGroup group = InstanceGroup.of(nodes, job, task);
        job.assigned(1);
        group.instances().forEach(instance -> instance.node().assign(instance));
        group.instances().stream()
                .filter(instance -> !nodeTasks.isPrepared(instance.node(), job))
                .forEach(group::await);
        boolean prepared = group.unprepared().isEmpty();
        SubtaskPhase phase = prepared ? SubtaskPhase.RUNNING : SubtaskPhase.PREPARING;
        Instant now = clock.instant();
        List<SubtaskRecord> subtasks = IntStream.range(1, nodes.size())
                .mapToObj(id -> SubtaskRecord.placed(id, nodes.get(id).record().id(), phase, now))
                .toList();
        TaskRecord placed = task.on(
                nodes.get(0).record().pool(),
                nodes.get(0).record().id(),
                subtasks,
                prepared ? new TaskStatus.Running() : new TaskStatus.Preparing(),
                now);
        state.put(job, placed);
        if (prepared) {
            coordinate(group, placed);
        } else {
            List.copyOf(group.unprepared())
                    .forEach(instance -> nodeTasks
                            .preparation(instance.node(), job, listener)
                            .await(instance));
        }
    }

    /** The node of an instance has been prepared for the job, or could not be; then another choice is made. */
    void prepared(InstanceGroup group, Assignment instance, boolean done) {
        TaskRecord task = task(group);
        if (done) {
            if (group.prepared(instance)) {
                List<SubtaskRecord> running = task.subtasks().stream()
                        .map(subtask -> subtask.running(clock.instant()))
                        .toList();
                TaskRecord begun =
                        task.in(new TaskStatus.Running(), clock.instant()).with(running);
                state.put(group.job(), begun);
                coordinate(group, begun);
            }
        } else if (release(group)) {
            progress.giveBack(group.job(), task);
        }
    }

    private static TaskRecord task(InstanceGroup group) {
        return group.job().tasks().get(group.taskKey());
    }

    private void coordinate(InstanceGroup group, TaskRecord task) {
        for (Assignment instance : group.instances()) {
            NodeWork work =
                    works.coordination(place(group, instance), group.job().record(), task);
            group.begin(instance, work);
            state.afterwards(() ->
                    host.runAndKeep(work, outcome -> loop.post(() -> coordinated(group, instance, work, outcome))));
        }
    }

    private static InstancePlace place(InstanceGroup group, Assignment instance) {
        NodeEntry node = instance.node();
        return new InstancePlace(
                node.record(),
                group.instances().indexOf(instance),
                group.instances().size(),
                new SizeName(node.pool().record().spec().vmSize()));
    }

    private void coordinated(InstanceGroup group, Assignment instance, NodeWork work, WorkOutcome outcome) {
        group.coordinated(instance, outcome);
        boolean last = group.ended(work);
        if (!outcome.equals(new WorkOutcome.Exited(0))) {
            decide(group, instance, named(group, instance, outcome));
        }
        if (last && group.ending().isEmpty()) {
            apply(group);
        } else if (last) {
            windUp(group);
        }
    }

    /** A failure names the subtask, since it is shown as that of the task. */
    private static WorkOutcome named(InstanceGroup group, Assignment instance, WorkOutcome outcome) {
        int number = group.instances().indexOf(instance);
        if (number == 0 || !(outcome instanceof WorkOutcome.CouldNotStart failed)) {
            return outcome;
        }
        FailureInfo failure = failed.failure();
        return new WorkOutcome.CouldNotStart(
                new FailureInfo(failure.code(), "subtask " + number + ": " + failure.message(), failure.details()));
    }

    /** Has the primary run the command line of the task. */
    private void apply(InstanceGroup group) {
        TaskRecord task = task(group);
        JobEntry job = group.job();
        Assignment primary = group.primary();
        NodeWork work = works.application(
                place(group, primary),
                job.record(),
                task,
                timeLeft(task),
                TaskProgress.isLastTry(job, task),
                () -> loop.post(() -> progress.uploading(job, group.taskKey())));
        group.begin(primary, work);
        state.afterwards(() -> host.run(work, outcome -> loop.post(() -> applied(group, work, outcome))));
    }

    /** The limit is one for both commands together. */
    private Optional<Duration> timeLeft(TaskRecord task) {
        Duration passed = Duration.between(task.started().orElseThrow(), clock.instant());
        return task.spec().maxWallClockTime().map(limit -> {
            // The clock may have been set back since; the task gets no more time for that.
            Duration left = passed.isNegative() ? limit : limit.minus(passed);
            return left.isNegative() ? Duration.ZERO : left;
        });
    }

    private void applied(InstanceGroup group, NodeWork work, WorkOutcome outcome) {
        group.ended(work);
        decide(group, group.primary(), outcome);
        windUp(group);
    }

    /** Has all instances end, with the outcome of one of them. */
    private void decide(InstanceGroup group, Assignment instance, WorkOutcome outcome) {
        if (group.end(instance, outcome)) {
            List.copyOf(group.going())
                    .forEach(work -> state.afterwards(() -> host.elsewhere(() -> work.end(EndReason.TERMINATED))));
        }
    }

    /** Ends what the commands have left running; only then the nodes are free. */
    private void windUp(InstanceGroup group) {
        List<NodeWork> all = List.copyOf(group.works());
        state.afterwards(() -> host.elsewhere(() -> {
            try {
                all.forEach(work -> work.end(EndReason.TERMINATED));
            } finally {
                loop.post(() -> conclude(group));
            }
        }));
    }

    private void conclude(InstanceGroup group) {
        if (!release(group)) {
            return;
        }
        InstanceGroup.Ending ending = group.ending().orElseThrow();
        TaskRecord task = task(group).with(subtasks(group));
        Optional<TaskUsage> usage =
                group.works().stream().flatMap(work -> work.usage().stream()).reduce(TaskUsage::plus);
        progress.ended(
                ending.instance().node(), group.job(), usage.map(task::measured).orElse(task), ending.outcome());
    }

    private List<SubtaskRecord> subtasks(InstanceGroup group) {
        List<SubtaskRecord> ended = new ArrayList<>();
        for (SubtaskRecord subtask : task(group).subtasks()) {
            WorkOutcome outcome = group.coordination(group.instances().get(subtask.id()))
                    .orElse(new WorkOutcome.Ended(EndReason.TERMINATED));
            ended.add(subtask.completed(outcome.code(), outcome.problem("the coordination command"), clock.instant()));
        }
        return ended;
    }

    /** Takes all instances off their nodes; false when they are there no more. */
    private boolean release(InstanceGroup group) {
        JobEntry job = group.job();
        if (!group.primary().node().release(group.primary())) {
            return false;
        }
        group.instances().stream().skip(1).forEach(instance -> {
            boolean unused = instance.node().release(instance);
        });
        group.unprepared()
                .forEach(instance ->
                        instance.node().preparations().get(job.key()).giveUp(instance));
        group.works().forEach(host::forget);
        job.assigned(-1);
        return true;
    }

    /** Has a task on several nodes stopped: at once while it waits for a node, else its end is an event. */
    void end(InstanceGroup group, Assignment instance, EndReason reason) {
        WorkOutcome outcome = new WorkOutcome.Ended(reason);
        if (group.isBegun()) {
            decide(group, instance, outcome);
        } else if (group.end(instance, outcome)) {
            conclude(group);
        }
    }
}
