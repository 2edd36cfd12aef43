package io.twinbatch.local.record;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A task as the engine keeps it.
 *
 * @param job its job
 * @param spec what was asked for
 * @param sequence its place in the order of submission
 * @param status how far it has come
 * @param pool the pool of its last try
 * @param node the node of its last try
 * @param created when it was submitted
 * @param started when its last try began
 * @param ended when it ended
 * @param exitCode the exit code of the last try
 * @param retries how often it was tried again after a non-zero exit code
 * @param requeues how often it was queued again because its node was lost
 * @param rules what was asked for beyond the specification
 * @param history what happened when
 * @param usage what its last try used; empty before its end, and when the system does not say
 * @param subtasks what further nodes do for it in its last try; none of a task that runs on one node
 */
public record TaskRecord(
        JobId job,
        TaskSpec spec,
        long sequence,
        TaskStatus status,
        Optional<PoolId> pool,
        Optional<NodeId> node,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        OptionalInt exitCode,
        int retries,
        int requeues,
        TaskRules rules,
        TaskHistory history,
        Optional<TaskUsage> usage,
        List<SubtaskRecord> subtasks) {
    /** Completes a record that was written before there were rules, a history, measurements and subtasks. */
    public TaskRecord {
        rules = rules == null ? TaskRules.DEFAULT : rules;
        history = history == null ? TaskHistory.begun(created) : history;
        usage = usage == null ? Optional.empty() : usage;
        subtasks = subtasks == null ? List.of() : List.copyOf(subtasks);
    }

    /** A task that has just been submitted. */
    public static TaskRecord submitted(JobId job, TaskSpec spec, TaskRules rules, long sequence, Instant now) {
        return new TaskRecord(
                job,
                spec,
                sequence,
                new TaskStatus.Queued(),
                Optional.empty(),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                0,
                0,
                rules,
                TaskHistory.begun(now),
                Optional.empty(),
                List.of());
    }

    /** Its identity. */
    public TaskKey key() {
        return new TaskKey(job, spec.id());
    }

    /** Its state as the service names it. */
    public TaskPhase phase() {
        return TaskPhase.of(status);
    }

    /** Whether tasks that depend on it may start. */
    public boolean satisfiesDependents() {
        return status.isFinal() && rules.exits().satisfies(status);
    }

    /** The nodes of its last try: its own, and those of its subtasks. */
    public List<NodeId> nodes() {
        return Stream.concat(node.stream(), subtasks.stream().map(SubtaskRecord::node))
                .toList();
    }

    /** The same task, taken by a node, and by further ones when it runs on several. */
    public TaskRecord on(
            PoolId newPool, NodeId newNode, List<SubtaskRecord> newSubtasks, TaskStatus newStatus, Instant now) {
        return new TaskRecord(
                job,
                spec,
                sequence,
                newStatus,
                Optional.of(newPool),
                Optional.of(newNode),
                created,
                Optional.of(now),
                Optional.empty(),
                OptionalInt.empty(),
                retries,
                requeues,
                rules,
                entering(newStatus, now),
                Optional.empty(),
                newSubtasks);
    }

    /** The same task, further on. */
    public TaskRecord in(TaskStatus newStatus, Instant now) {
        return with(spec, newStatus, ended, exitCode, rules, entering(newStatus, now), usage, subtasks);
    }

    /** The same task with what its processes used. */
    public TaskRecord measured(TaskUsage measurement) {
        return with(spec, status, ended, exitCode, rules, history, Optional.of(measurement), subtasks);
    }

    /** The same task after its end. */
    public TaskRecord ended(TaskStatus ending, OptionalInt code, Instant now) {
        List<SubtaskRecord> all =
                subtasks.stream().map(subtask -> subtask.cutOff(now)).toList();
        return with(spec, ending, Optional.of(now), code, rules, entering(ending, now), usage, all);
    }

    /** The same task with its subtasks further on. */
    public TaskRecord with(List<SubtaskRecord> newSubtasks) {
        return with(spec, status, ended, exitCode, rules, history, usage, newSubtasks);
    }

    /** The same task, queued again after a non-zero exit code. */
    public TaskRecord retried(Instant now) {
        TaskStatus queued = new TaskStatus.Queued();
        return queued(queued, retries + 1, requeues, entering(queued, now).retried(now));
    }

    /** The same task, queued again because its node was lost. */
    public TaskRecord requeued(Instant now) {
        TaskStatus queued = new TaskStatus.Requeued();
        return queued(queued, retries, requeues + 1, entering(queued, now).requeued(now));
    }

    /** The same task, queued again because somebody asked for it; its retries are counted anew. */
    public TaskRecord reactivated(Instant now) {
        TaskStatus queued = new TaskStatus.Queued();
        TaskHistory begun = entering(queued, now).anew();
        return queued(queued, 0, requeues, begun.with(begun.phases().modified(now)));
    }

    /** The same task, given back by a node that could not be prepared for its job. */
    public TaskRecord givenBack(Instant now) {
        TaskStatus queued = new TaskStatus.Queued();
        return queued(queued, retries, requeues, entering(queued, now));
    }

    /** The same task with an end ordered that takes a moment. */
    public TaskRecord ordered(TaskHistory.OrderedEnd end, Instant now) {
        return with(history.ordered(end).with(history.phases().modified(now)));
    }

    /** The same task with another history. */
    public TaskRecord with(TaskHistory newHistory) {
        return with(spec, rules, newHistory);
    }

    /** The same task after a client has changed what it asks for. */
    public TaskRecord changed(TaskSpec newSpec, TaskRules newRules, Instant now) {
        return with(newSpec, newRules, history.with(history.phases().modified(now)));
    }

    private TaskRecord with(TaskSpec newSpec, TaskRules newRules, TaskHistory newHistory) {
        return with(newSpec, status, ended, exitCode, newRules, newHistory, usage, subtasks);
    }

    /** The same task on the same nodes. */
    private TaskRecord with(
            TaskSpec newSpec,
            TaskStatus newStatus,
            Optional<Instant> newEnd,
            OptionalInt newExitCode,
            TaskRules newRules,
            TaskHistory newHistory,
            Optional<TaskUsage> newUsage,
            List<SubtaskRecord> newSubtasks) {
        return new TaskRecord(
                job,
                newSpec,
                sequence,
                newStatus,
                pool,
                node,
                created,
                started,
                newEnd,
                newExitCode,
                retries,
                requeues,
                newRules,
                newHistory,
                newUsage,
                newSubtasks);
    }

    private TaskHistory entering(TaskStatus newStatus, Instant now) {
        return TaskPhase.of(newStatus) == phase()
                ? history
                : history.with(history.phases().left(phase(), now));
    }

    private TaskRecord queued(TaskStatus newStatus, int newRetries, int newRequeues, TaskHistory newHistory) {
        return new TaskRecord(
                job,
                spec,
                sequence,
                newStatus,
                pool,
                node,
                created,
                started,
                Optional.empty(),
                OptionalInt.empty(),
                newRetries,
                newRequeues,
                rules,
                newHistory,
                Optional.empty(),
                subtasks);
    }

    /** As users of the API see it. */
    public Task toTask() {
        return new Task(key(), status, node, created, started, ended, exitCode, retries, requeues, usage);
    }
}
