package io.twinbatch.local.state;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

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
        int requeues) {
    /** A task that has just been submitted. */
    public static TaskRecord submitted(JobId job, TaskSpec spec, long sequence, Instant now) {
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
                0);
    }

    /** Its identity. */
    public TaskKey key() {
        return new TaskKey(job, spec.id());
    }

    /** The same task, taken by a node. */
    public TaskRecord on(PoolId newPool, NodeId newNode, TaskStatus newStatus, Instant now) {
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
                requeues);
    }

    /** The same task, further on. */
    public TaskRecord in(TaskStatus newStatus) {
        return new TaskRecord(
                job, spec, sequence, newStatus, pool, node, created, started, ended, exitCode, retries, requeues);
    }

    /** The same task after its end. */
    public TaskRecord ended(TaskStatus ending, OptionalInt code, Instant now) {
        return new TaskRecord(
                job, spec, sequence, ending, pool, node, created, started, Optional.of(now), code, retries, requeues);
    }

    /** The same task, queued again after a non-zero exit code. */
    public TaskRecord retried() {
        return queued(new TaskStatus.Queued(), retries + 1, requeues);
    }

    /** The same task, queued again because its node was lost. */
    public TaskRecord requeued() {
        return queued(new TaskStatus.Requeued(), retries, requeues + 1);
    }

    /** The same task, queued again because somebody asked for it; its retries are counted anew. */
    public TaskRecord reactivated() {
        return queued(new TaskStatus.Queued(), 0, requeues);
    }

    /** The same task, given back by a node that could not be prepared for its job. */
    public TaskRecord givenBack() {
        return queued(new TaskStatus.Queued(), retries, requeues);
    }

    private TaskRecord queued(TaskStatus newStatus, int newRetries, int newRequeues) {
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
                newRequeues);
    }

    /** As users of the API see it. */
    public Task toTask() {
        return new Task(key(), status, node, created, started, ended, exitCode, retries, requeues);
    }
}
