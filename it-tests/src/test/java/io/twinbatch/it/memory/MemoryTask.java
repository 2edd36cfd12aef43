package io.twinbatch.it.memory;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A task of a job. Guarded by the cluster. */
final class MemoryTask {
    final MemoryJob job;
    final TaskSpec spec;
    private final Instant created = Instant.now();
    private TaskStatus status = new TaskStatus.Queued();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> ended = Optional.empty();
    private OptionalInt exitCode = OptionalInt.empty();
    private int retries;
    private int requeues;
    Optional<MemoryNode> node = Optional.empty();

    /** The present try, if there is one; the thread that runs it asks afterwards whether it is the same still. */
    Optional<NodeRun> attempt = Optional.empty();

    MemoryTask(MemoryJob job, TaskSpec spec) {
        this.job = job;
        this.spec = spec;
    }

    TaskKey key() {
        return new TaskKey(job.spec.id(), spec.id());
    }

    TaskStatus status() {
        return status;
    }

    Task snapshot() {
        return new Task(
                key(), status, node.map(found -> found.id), created, started, ended, exitCode, retries, requeues);
    }

    boolean isQueued() {
        return status instanceof TaskStatus.Queued || status instanceof TaskStatus.Requeued;
    }

    boolean dependenciesSucceeded() {
        return spec.dependsOn().stream()
                .map(id -> job.tasks.get(MemoryCluster.lower(id)))
                .allMatch(other -> other != null && other.status instanceof TaskStatus.Succeeded);
    }

    void assigned(MemoryNode to, NodeRun run, TaskStatus now) {
        node = Optional.of(to);
        attempt = Optional.of(run);
        started = Optional.of(Instant.now());
        exitCode = OptionalInt.empty();
        status = now;
    }

    void runs() {
        status = new TaskStatus.Running();
    }

    /** The try is over; it has a retry left, or this is the task's end. */
    void ended(NodeRun.End end) {
        attempt = Optional.empty();
        exitCode = end.exitCode();
        if (end.status() instanceof TaskStatus.Failed && job.isActive() && retries < job.spec.retriesOf(spec)) {
            retries++;
            status = new TaskStatus.Queued();
            return;
        }
        status = end.status();
        ended = Optional.of(Instant.now());
    }

    void requeued() {
        attempt = Optional.empty();
        requeues++;
        status = new TaskStatus.Requeued();
    }

    /** It waits as if it had not been tried. */
    void heldBack() {
        attempt = Optional.empty();
        status = new TaskStatus.Queued();
    }

    void reactivated() {
        status = new TaskStatus.Queued();
        ended = Optional.empty();
        exitCode = OptionalInt.empty();
        retries = 0;
    }
}
