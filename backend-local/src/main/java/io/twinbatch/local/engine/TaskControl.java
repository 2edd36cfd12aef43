package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.FailureInfo;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.Work;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.state.TaskRecord;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The life of tasks: submitted, placed on a node, ended, tried again, queued again, stopped, deleted. */
final class TaskControl {
    private final EngineState state;
    private final NodeHost host;
    private final EngineLoop loop;
    private final Clock clock;

    TaskControl(EngineState state, NodeHost host, EngineLoop loop, Clock clock) {
        this.state = state;
        this.host = host;
        this.loop = loop;
        this.clock = clock;
    }

    /** Adds tasks to a job; returns what is wrong with those that could not be added. */
    List<String> submit(JobEntry job, List<TaskSpec> tasks) {
        if (!job.isActive()) {
            throw new BatchException(
                    ErrorCode.CONFLICT,
                    "job " + job.record().spec().id(),
                    "it is " + job.record().state().name().toLowerCase(java.util.Locale.ROOT)
                            + " and takes no more tasks");
        }
        List<String> refused = new ArrayList<>();
        for (TaskSpec task : tasks) {
            if (job.tasks().containsKey(Keys.ofTask(task.id()))) {
                continue;
            }
            Optional<String> problem = problem(job, task);
            if (problem.isPresent()) {
                refused.add(task.id() + ": " + problem.get());
                continue;
            }
            TaskRecord record =
                    TaskRecord.submitted(job.record().spec().id(), task, state.nextSequence(), clock.instant());
            state.put(job, record);
            job.enqueue(record);
        }
        return refused;
    }

    private Optional<String> problem(JobEntry job, TaskSpec task) {
        if (job.record().spec().preparation().isPresent() && NodeHost.isNodeTask(task.id())) {
            return Optional.of("its id is that of the job's own preparation or release task");
        }
        if (!task.dependsOn().isEmpty() && !job.record().spec().usesTaskDependencies()) {
            return Optional.of("it depends on other tasks, and its job was created without task dependencies");
        }
        PoolEntry pool = state.pools().get(Keys.of(job.record().spec().pool()));
        if (pool != null && task.requiredSlots() > pool.record().spec().slotsPerNode()) {
            return Optional.of("it takes " + task.requiredSlots() + " slots, and a node of pool " + pool.id() + " has "
                    + pool.record().spec().slotsPerNode());
        }
        return Optional.empty();
    }

    /** Puts a queued task on a node that has room for it. */
    void place(NodeEntry node, JobEntry job, TaskRecord task) {
        Assignment assignment = new Assignment(node, job, task);
        job.assigned(1);
        node.assign(Keys.of(task.key()), assignment);
        boolean prepared = job.record().spec().preparation().isEmpty() || isPrepared(node, job);
        TaskStatus status = prepared ? new TaskStatus.Running() : new TaskStatus.Preparing();
        TaskRecord placed = task.on(node.record().pool(), node.record().id(), status, clock.instant());
        state.put(job, placed);
        if (prepared) {
            begin(node, assignment, placed);
            return;
        }
        preparation(node, job).await(assignment);
    }

    private static boolean isPrepared(NodeEntry node, JobEntry job) {
        Preparation preparation = node.preparations().get(job.key());
        return preparation != null && preparation.state() == Preparation.State.DONE;
    }

    private Preparation preparation(NodeEntry node, JobEntry job) {
        return node.preparations().computeIfAbsent(job.key(), key -> {
            Work work = host.preparation(node.record(), job.record().spec());
            state.afterwards(() ->
                    host.runAndKeep(work, outcome -> loop.post(() -> prepared(node, job, work, outcome))));
            return new Preparation(work);
        });
    }

    private void prepared(NodeEntry node, JobEntry job, Work work, WorkOutcome outcome) {
        Preparation preparation = node.preparations().get(job.key());
        if (preparation == null || preparation.work() != work) {
            return;
        }
        List<Assignment> waitingHere = preparation.finish(outcome);
        boolean done = preparation.state() == Preparation.State.DONE;
        for (Assignment waiting : waitingHere) {
            TaskRecord task = job.tasks().get(waiting.taskKey());
            if (done) {
                TaskRecord running = task.in(new TaskStatus.Running());
                state.put(job, running);
                begin(node, waiting, running);
            } else if (release(node, waiting)) {
                state.put(job, task.givenBack());
                job.enqueueFirst(waiting.taskKey());
            }
        }
    }

    private void begin(NodeEntry node, Assignment assignment, TaskRecord task) {
        boolean lastTry = task.retries() >= maxRetries(assignment.job(), task);
        Work work = host.task(
                node.record(),
                assignment.job().record().spec(),
                task,
                lastTry,
                () -> loop.post(() -> uploading(assignment)));
        assignment.begin(work);
        state.afterwards(() -> host.run(work, outcome -> loop.post(() -> ended(node, assignment, outcome))));
    }

    private static int maxRetries(JobEntry job, TaskRecord task) {
        return task.spec().maxRetries().orElse(job.record().spec().maxTaskRetries());
    }

    private void uploading(Assignment assignment) {
        TaskRecord task = assignment.job().tasks().get(assignment.taskKey());
        if (task != null && task.status() instanceof TaskStatus.Running) {
            state.put(assignment.job(), task.in(new TaskStatus.Uploading()));
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
        TaskRecord task = job.tasks().get(assignment.taskKey());
        if (job.deletedWhenStopped().remove(assignment.taskKey())) {
            remove(job, task);
            return;
        }
        if (outcome instanceof WorkOutcome.Ended ended) {
            stopped(job, task, ended.reason());
            return;
        }
        if (outcome instanceof WorkOutcome.Exited exited) {
            exited(job, task, exited.exitCode());
            return;
        }
        if (outcome instanceof WorkOutcome.UploadFailed failed) {
            finish(
                    job,
                    task,
                    new TaskStatus.UploadFailed(failed.exitCode(), failed.failure()),
                    OptionalInt.of(failed.exitCode()));
            return;
        }
        FailureInfo failure = ((WorkOutcome.CouldNotStart) outcome).failure();
        finish(job, task, new TaskStatus.CouldNotStart(failure), OptionalInt.empty());
    }

    private void exited(JobEntry job, TaskRecord task, int exitCode) {
        if (exitCode == 0) {
            finish(job, task, new TaskStatus.Succeeded(), OptionalInt.of(0));
            job.succeeded(Keys.ofTask(task.spec().id()));
            return;
        }
        if (task.retries() < maxRetries(job, task) && job.isActive()) {
            state.put(job, task.retried());
            job.enqueueFirst(Keys.ofTask(task.spec().id()));
            return;
        }
        finish(job, task, new TaskStatus.Failed(exitCode), OptionalInt.of(exitCode));
    }

    private void stopped(JobEntry job, TaskRecord task, EndReason reason) {
        switch (reason) {
            case NODE_LEAVING -> {
                state.put(job, task.requeued());
                job.enqueueFirst(Keys.ofTask(task.spec().id()));
            }
            case TIME_LIMIT ->
                finish(
                        job,
                        task,
                        stoppedBecause("it ran longer than its limit of "
                                + inSeconds(task.spec().maxWallClockTime().orElseThrow())),
                        OptionalInt.empty());
            case TERMINATED -> finish(job, task, stoppedBecause("it was terminated"), OptionalInt.empty());
            case ENGINE_CLOSING -> {
                // The record stays as it is: the next start finds the task running nowhere and queues it again.
            }
        }
    }

    private static String inSeconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    static TaskStatus stoppedBecause(String message) {
        return new TaskStatus.Stopped(FailureInfo.of("TaskEnded", message));
    }

    private void finish(JobEntry job, TaskRecord task, TaskStatus ending, OptionalInt exitCode) {
        state.put(job, task.ended(ending, exitCode, clock.instant()));
    }

    /** Ends a task wherever it is. */
    void terminate(JobEntry job, TaskRecord task) {
        if (task.status().isFinal()) {
            throw new BatchException(ErrorCode.CONFLICT, "task " + task.key(), "it has ended already");
        }
        if (JobEntry.isQueued(task)) {
            finish(job, task, stoppedBecause("it was terminated before it ran"), OptionalInt.empty());
            return;
        }
        assignment(job, task).ifPresent(assignment -> end(assignment, EndReason.TERMINATED));
    }

    /** Queues a task again that ended badly. */
    void reactivate(JobEntry job, TaskRecord task) {
        if (!task.status().isFailure()) {
            throw new BatchException(
                    ErrorCode.CONFLICT, "task " + task.key(), "only a task that ended badly can be queued again");
        }
        if (!job.isActive()) {
            throw new BatchException(ErrorCode.CONFLICT, "task " + task.key(), "its job has ended");
        }
        TaskRecord queued = task.reactivated();
        state.put(job, queued);
        job.enqueue(queued);
    }

    /** Deletes a task, at once or as soon as it has stopped. */
    void delete(JobEntry job, TaskRecord task) {
        Optional<Assignment> assignment = assignment(job, task);
        if (assignment.isPresent()) {
            job.deletedWhenStopped().add(Keys.ofTask(task.spec().id()));
            end(assignment.get(), EndReason.TERMINATED);
            return;
        }
        remove(job, task);
    }

    private void remove(JobEntry job, TaskRecord task) {
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

    private Optional<Assignment> assignment(JobEntry job, TaskRecord task) {
        if (task.node().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(state.pools().get(Keys.of(task.pool().orElseThrow())))
                .map(pool -> pool.nodes().get(task.node().orElseThrow()))
                .map(node -> node.assignments()
                        .get(Keys.of(job.record().spec().id(), task.spec().id())));
    }

    /** Has a task on a node stopped: at once while it waits for the node's preparation, else its end is an event. */
    void end(Assignment assignment, EndReason reason) {
        if (assignment.work().isPresent()) {
            Work work = assignment.work().get();
            state.afterwards(() -> host.elsewhere(() -> work.end(reason)));
            return;
        }
        NodeEntry node = assignment.node();
        node.preparations().get(assignment.job().key()).giveUp(assignment);
        ended(node, assignment, new WorkOutcome.Ended(reason));
    }

    /** Looks up a task. */
    static TaskRecord require(JobEntry job, TaskKey key) {
        TaskRecord task = job.tasks().get(Keys.ofTask(key.task()));
        if (task == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "task " + key, "there is no such task");
        }
        return task;
    }
}
