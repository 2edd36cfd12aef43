package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.ExitOptions;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of tasks that nodes have worked on: ended, tried again, queued again, removed. */
final class TaskProgress {
    private static final Logger LOG = LoggerFactory.getLogger(TaskProgress.class);

    private final EngineState state;
    private final NodeHost host;
    private final Clock clock;

    TaskProgress(EngineState state, NodeHost host, Clock clock) {
        this.state = state;
        this.host = host;
        this.clock = clock;
    }

    /** Whether a task that fails now is not tried again. */
    static boolean isLastTry(JobEntry job, TaskRecord task) {
        return task.retries() >= job.record().spec().retriesOf(task.spec());
    }

    /** The command line of a task has ended, and its outputs are being uploaded. */
    void uploading(JobEntry job, String taskKey) {
        TaskRecord task = job.tasks().get(taskKey);
        if (task != null && task.status() instanceof TaskStatus.Running) {
            state.put(job, task.in(new TaskStatus.Uploading(), clock.instant()));
        }
    }

    /** A node that could not be prepared for the job of a task gives it back. */
    void giveBack(JobEntry job, TaskRecord task) {
        queueAgain(job, task.givenBack(clock.instant()));
    }

    /** A try of a task has ended. */
    void ended(NodeEntry node, JobEntry job, TaskRecord task, WorkOutcome outcome) {
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

    /** Removes a task with what it left on its nodes. */
    void remove(JobEntry job, TaskRecord task) {
        state.remove(job, task);
        deleteFolder(job, task);
    }

    /** Deletes what a task left on its nodes. */
    void deleteFolder(JobEntry job, TaskRecord task) {
        String jobId = job.record().spec().id().value();
        for (NodeId node : task.nodes()) {
            NodeFolder folder = host.folder(task.pool().orElseThrow(), node);
            state.afterwards(() -> host.discard(folder.task(jobId, task.spec().id())));
        }
    }
}
