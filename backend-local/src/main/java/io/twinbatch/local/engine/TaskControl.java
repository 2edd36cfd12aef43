package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.host.WorkFactory;
import io.twinbatch.local.engine.model.Assignment;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tasks on nodes: placed, run, stopped. */
final class TaskControl {
    private final EngineState state;
    private final NodeHost host;
    private final WorkFactory works;
    private final EngineLoop loop;
    private final NodeJobTasks nodeTasks;
    private final TaskProgress progress;
    private final MultiInstanceControl instances;
    private final Clock clock;

    TaskControl(
            EngineState state,
            NodeHost host,
            WorkFactory works,
            EngineLoop loop,
            NodeJobTasks nodeTasks,
            TaskProgress progress,
            MultiInstanceControl instances,
            Clock clock) {
        this.state = state;
        this.host = host;
        this.works = works;
        this.loop = loop;
        this.nodeTasks = nodeTasks;
        this.progress = progress;
        this.instances = instances;
        this.clock = clock;
    }

    /** Puts a queued task on nodes that have room for it, as many as it has instances. */
    void place(List<NodeEntry> nodes, JobEntry job, TaskRecord task) {
        if (task.rules().multiInstance().isPresent()) {
            instances.place(nodes, job, task, this::prepared);
        } else {
            place(nodes.get(0), job, task);
        }
    }

    private void place(NodeEntry node, JobEntry job, TaskRecord task) {
        Assignment assignment = new Assignment(node, job, task, Optional.empty());
        job.assigned(1);
        node.assign(assignment);
        boolean prepared = nodeTasks.isPrepared(node, job);
        TaskStatus status = prepared ? new TaskStatus.Running() : new TaskStatus.Preparing();
        TaskRecord placed = task.on(node.record().pool(), node.record().id(), List.of(), status, clock.instant());
        state.put(job, placed);
        if (prepared) {
            begin(node, assignment, placed);
            return;
        }
        nodeTasks.preparation(node, job, this::prepared).await(assignment);
    }

    private void prepared(NodeEntry node, JobEntry job, boolean done, List<Assignment> waitingHere) {
        for (Assignment waiting : waitingHere) {
            if (waiting.group().isPresent()) {
                instances.prepared(waiting.group().get(), waiting, done);
                continue;
            }
            TaskRecord task = job.tasks().get(waiting.taskKey());
            if (done) {
                TaskRecord running = task.in(new TaskStatus.Running(), clock.instant());
                state.put(job, running);
                begin(node, waiting, running);
            } else if (release(node, waiting)) {
                progress.giveBack(job, task);
            }
        }
    }

    private void begin(NodeEntry node, Assignment assignment, TaskRecord task) {
        JobEntry job = assignment.job();
        NodeWork work = works.task(
                node.record(),
                job.record(),
                task,
                TaskProgress.isLastTry(job, task),
                () -> loop.post(() -> progress.uploading(job, assignment.taskKey())));
        assignment.begin(work);
        state.afterwards(() -> host.run(work, outcome -> loop.post(() -> ended(node, assignment, outcome))));
    }

    private boolean release(NodeEntry node, Assignment assignment) {
        boolean released = node.release(assignment);
        if (released) {
            assignment.job().assigned(-1);
        }
        return released;
    }

    private void ended(NodeEntry node, Assignment assignment, WorkOutcome outcome) {
        if (!release(node, assignment)) {
            return;
        }
        JobEntry job = assignment.job();
        TaskRecord ended = job.tasks().get(assignment.taskKey());
        TaskRecord task =
                assignment.work().flatMap(NodeWork::usage).map(ended::measured).orElse(ended);
        progress.ended(node, job, task, outcome);
    }

    /** Where a task is being worked on, with its primary; empty when it is on no node. */
    Optional<Assignment> assignment(JobEntry job, TaskRecord task) {
        if (task.node().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(state.pools().get(RecordKeys.of(task.pool().orElseThrow())))
                .map(pool -> pool.nodes().get(task.node().orElseThrow()))
                .map(node -> node.assignments()
                        .get(RecordKeys.of(job.record().spec().id(), task.spec().id())));
    }

    /** Has the tasks of a node or job that are in the way dealt with. */
    void displace(List<Assignment> assignments, RunningTaskPolicy how) {
        if (how != RunningTaskPolicy.WAIT) {
            EndReason reason = how == RunningTaskPolicy.REQUEUE ? EndReason.REQUEUED : EndReason.TERMINATED;
            List.copyOf(assignments).forEach(assignment -> end(assignment, reason));
        }
    }

    /** Has a task on a node stopped: at once while it waits for the node's preparation, else its end is an event. */
    void end(Assignment assignment, EndReason reason) {
        if (assignment.group().isPresent()) {
            instances.end(assignment.group().get(), assignment, reason);
            return;
        }
        if (assignment.work().isPresent()) {
            NodeWork work = assignment.work().get();
            state.afterwards(() -> host.elsewhere(() -> work.end(reason)));
            return;
        }
        NodeEntry node = assignment.node();
        node.preparations().get(assignment.job().key()).giveUp(assignment);
        ended(node, assignment, new WorkOutcome.Ended(reason));
    }
}
