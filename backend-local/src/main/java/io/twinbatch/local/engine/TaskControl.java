package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.model.Assignment;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.JobPreparation;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.NodeWork;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.ExitOptions;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tasks on nodes: placed, run, ended, tried again, queued again. */
final class TaskControl {
    private static final Logger LOG = LoggerFactory.getLogger(TaskControl.class);

    private final EngineState state;
    private final NodeHost host;
    private final EngineLoop loop;
    private final NodeJobTasks nodeTasks;
    private final Clock clock;

    TaskControl(EngineState state, NodeHost host, EngineLoop loop, NodeJobTasks nodeTasks, Clock clock) {
        this.state = state;
        this.host = host;
        this.loop = loop;
        this.nodeTasks = nodeTasks;
        this.clock = clock;
    }

    /** Puts a queued task on a node that has room for it. */
    void place(NodeEntry node, JobEntry job, TaskRecord task) {
        Assignment assignment = new Assignment(node, job, task);
        job.assigned(1);
        node.assign(RecordKeys.of(task.key()), assignment);
        forgetPreparationThatIsGone(node, job);
        boolean prepared = job.record().spec().preparation().isEmpty() || isPrepared(node, job);
        TaskStatus status = prepared ? new TaskStatus.Running() : new TaskStatus.Preparing();
        TaskRecord placed = task.on(node.record().pool(), node.record().id(), status, clock.instant());
        state.put(job, placed);
        if (prepared) {
            begin(node, assignment, placed);
            return;
        }
        nodeTasks.preparation(node, job, this::prepared).await(assignment);
    }

    /** Somebody may have deleted what the preparation task brought to the node. */
    private void forgetPreparationThatIsGone(NodeEntry node, JobEntry job) {
        if (isPrepared(node, job) && !host.isPreparedFor(node.record(), job.record())) {
            LOG.warn(
                    "What job {} was prepared with is gone from node {}; it is prepared anew",
                    job.record().spec().id(),
                    node.record().id());
            host.forget(node.preparations().remove(job.key()).work());
        }
    }

    private static boolean isPrepared(NodeEntry node, JobEntry job) {
        JobPreparation preparation = node.preparations().get(job.key());
        return preparation != null && preparation.state() == JobPreparation.State.DONE;
    }

    private void prepared(NodeEntry node, JobEntry job, boolean done, List<Assignment> waitingHere) {
        for (Assignment waiting : waitingHere) {
            TaskRecord task = job.tasks().get(waiting.taskKey());
            if (done) {
                TaskRecord running = task.in(new TaskStatus.Running(), clock.instant());
                state.put(job, running);
                begin(node, waiting, running);
            } else if (release(node, waiting)) {
                state.put(job, task.givenBack(clock.instant()));
                job.enqueueFirst(waiting.taskKey());
            }
        }
    }

    private void begin(NodeEntry node, Assignment assignment, TaskRecord task) {
        boolean lastTry = task.retries() >= assignment.job().record().spec().retriesOf(task.spec());
        NodeWork work = host.task(
                node.record(), assignment.job().record(), task, lastTry, () -> loop.post(() -> uploading(assignment)));
        assignment.begin(work);
        state.afterwards(() -> host.run(work, outcome -> loop.post(() -> ended(node, assignment, outcome))));
    }

    private void uploading(Assignment assignment) {
        TaskRecord task = assignment.job().tasks().get(assignment.taskKey());
        if (task != null && task.status() instanceof TaskStatus.Running) {
            state.put(assignment.job(), task.in(new TaskStatus.Uploading(), clock.instant()));
        }
    }

    private boolean release(NodeEntry node, Assignment assignment) {
        boolean released = node.release(assignment.job().key() + "/" + assignment.taskKey(), assignment);
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
        apply(job, task, transition(node, job, task, outcome));
    }

    /** A task that ended badly on a node whose folder is gone is not to blame for it. */
    private TaskTransition transition(NodeEntry node, JobEntry job, TaskRecord task, WorkOutcome outcome) {
        if (!TaskTransition.mayBeFolderLoss(outcome) || host.hasFolder(node.record())) {
            return TaskTransition.after(job.record(), task, outcome);
        }
        node.folderLost(true);
        String message = "the folder of node " + node.record().id() + " was deleted while it was there";
        LOG.warn("Task {}: {}", task.key(), message);
        return TaskTransition.afterFolderLoss(task, message);
    }

    private void apply(JobEntry job, TaskRecord task, TaskTransition transition) {
        if (transition instanceof TaskTransition.Remove) {
            remove(job, task);
        } else if (transition instanceof TaskTransition.Retry) {
            queueAgain(job, task.retried(clock.instant()));
        } else if (transition instanceof TaskTransition.Requeue) {
            queueAgain(job, task.requeued(clock.instant()));
        } else if (transition instanceof TaskTransition.Finish finish) {
            finish(job, task, finish);
        }
    }

    private void queueAgain(JobEntry job, TaskRecord task) {
        state.put(job, task);
        job.enqueueFirst(RecordKeys.ofTask(task.spec().id()));
    }

    /** Records the end of a task, and what follows from it for others and for its job. */
    void finish(JobEntry job, TaskRecord task, TaskTransition.Finish finish) {
        TaskRecord ended = task.ended(finish.ending(), finish.exitCode(), clock.instant());
        state.put(job, ended);
        job.ended(ended);
        if (!job.isActive()) {
            return;
        }
        if (job.record().rules().actsOnTaskFailure()) {
            consequence(ended).ifPresent(what -> job.consequence(Optional.of(what)));
        }
        boolean ofManager = job.record().rules().manager().stream()
                .anyMatch(manager ->
                        manager.endsJob() && manager.taskId().equals(task.spec().id()));
        if (ofManager) {
            job.consequence(Optional.of(JobEntry.Consequence.TERMINATED_BY_MANAGER));
        }
    }

    private static Optional<JobEntry.Consequence> consequence(TaskRecord ended) {
        ExitOptions.JobAction action = ended.rules().exits().action(ended.status());
        return switch (action) {
            case NONE -> Optional.empty();
            case DISABLE -> Optional.of(JobEntry.Consequence.DISABLED_FOR_FAILURE);
            case TERMINATE -> Optional.of(JobEntry.Consequence.TERMINATED_FOR_FAILURE);
        };
    }

    /** Removes a task with what it left on its node. */
    void remove(JobEntry job, TaskRecord task) {
        state.remove(job, task);
        deleteFolder(job, task);
    }

    /** Deletes what a task left on its node. */
    void deleteFolder(JobEntry job, TaskRecord task) {
        if (task.node().isEmpty()) {
            return;
        }
        NodeFolder folder = host.folder(task.pool().orElseThrow(), task.node().orElseThrow());
        String jobId = job.record().spec().id().value();
        state.afterwards(() -> host.discard(folder.task(jobId, task.spec().id())));
    }

    /** Where a task is being worked on; empty when it is on no node. */
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
