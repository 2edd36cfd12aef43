package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.node.Work;
import io.twinbatch.local.state.JobRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The life of jobs: created, terminated, released on their nodes, deleted. */
final class JobControl {
    private final EngineState state;
    private final TaskControl tasks;
    private final NodeHost host;
    private final EngineLoop loop;
    private final ScheduledExecutorService timer;
    private final Clock clock;

    JobControl(
            EngineState state,
            TaskControl tasks,
            NodeHost host,
            EngineLoop loop,
            ScheduledExecutorService timer,
            Clock clock) {
        this.state = state;
        this.tasks = tasks;
        this.host = host;
        this.loop = loop;
        this.timer = timer;
        this.clock = clock;
    }

    void create(JobSpec spec) {
        if (state.jobs().containsKey(Keys.of(spec.id()))) {
            throw new BatchException(ErrorCode.ALREADY_EXISTS, "job " + spec.id(), "a job of that id exists");
        }
        JobEntry job = state.addJob(JobRecord.created(spec, state.nextSequence(), clock.instant()));
        state.afterwards(() -> watchTimeLimit(job));
    }

    void updateMetadata(JobId id, Map<String, String> metadata) {
        JobEntry job = state.job(id);
        if (job.record().state() == JobState.DELETING) {
            throw new BatchException(ErrorCode.CONFLICT, "job " + id, "it is being deleted");
        }
        state.update(job, job.record().with(job.record().spec().withMetadata(metadata)));
    }

    /** Has a job terminated when its time is up. */
    void watchTimeLimit(JobEntry job) {
        job.record().spec().maxWallClockTime().ifPresent(limit -> {
            Duration left = limit.minus(Duration.between(job.record().created(), clock.instant()));
            job.timeLimit(timer.schedule(
                    () -> loop.post(() -> timeIsUp(job)),
                    Math.max(0, TimeUnit.MILLISECONDS.convert(left)),
                    TimeUnit.MILLISECONDS));
        });
    }

    private void timeIsUp(JobEntry job) {
        if (state.jobs().get(job.key()) == job && job.isActive()) {
            terminate(job, "MaxWallClockTimeExpiry");
        }
    }

    void terminate(JobId id) {
        JobEntry job = state.job(id);
        if (job.record().state() == JobState.DELETING) {
            throw new BatchException(ErrorCode.CONFLICT, "job " + id, "it is being deleted");
        }
        if (job.isActive()) {
            terminate(job, "UserTerminate");
        }
    }

    private void terminate(JobEntry job, String reason) {
        state.update(job, job.record().terminating(reason));
        stopTasks(job);
    }

    boolean delete(JobId id) {
        JobEntry job = state.jobs().get(Keys.of(id));
        if (job == null || job.record().state() == JobState.DELETING) {
            return false;
        }
        state.update(job, job.record().deleting());
        stopTasks(job);
        return true;
    }

    private void stopTasks(JobEntry job) {
        state.endingJobs().add(job);
        for (NodeEntry node : nodes()) {
            List.copyOf(node.assignments().values()).stream()
                    .filter(assignment -> assignment.job() == job)
                    .forEach(assignment -> tasks.end(assignment, EndReason.TERMINATED));
            Preparation preparation = node.preparations().get(job.key());
            if (preparation != null && preparation.state() == Preparation.State.RUNNING) {
                state.afterwards(() -> host.elsewhere(() -> preparation.work().end(EndReason.TERMINATED)));
            }
        }
    }

    private List<NodeEntry> nodes() {
        return state.pools().values().stream()
                .flatMap(pool -> pool.nodes().values().stream())
                .toList();
    }

    /** Brings those jobs to their end of which nothing runs any more. */
    void settle() {
        for (JobEntry job : List.copyOf(state.endingJobs())) {
            boolean quiet = job.assigned() == 0 && !isPreparing(job);
            if (quiet && job.releasing() < 0) {
                release(job);
            }
            if (quiet && job.releasing() == 0) {
                state.endingJobs().remove(job);
                finish(job);
            }
        }
    }

    /** How the preparation task of a job went on each node that has begun it. */
    List<NodePreparation> preparations(JobId id) {
        String key = state.job(id).key();
        return nodes().stream()
                .flatMap(node -> Stream.ofNullable(node.preparations().get(key))
                        .map(preparation ->
                                preparation.toNodePreparation(node.record().id())))
                .toList();
    }

    private boolean isPreparing(JobEntry job) {
        return nodes().stream()
                .map(node -> node.preparations().get(job.key()))
                .anyMatch(preparation -> preparation != null && preparation.state() == Preparation.State.RUNNING);
    }

    private void release(JobEntry job) {
        int started = 0;
        for (NodeEntry node : nodes()) {
            Preparation preparation = node.preparations().remove(job.key());
            if (preparation == null) {
                continue;
            }
            host.forget(preparation.work());
            if (job.record().spec().release().isPresent() && !node.isLeaving()) {
                started++;
                release(node, job);
            }
        }
        job.releasing(started);
    }

    private void release(NodeEntry node, JobEntry job) {
        Work work = host.release(node.record(), job.record().spec());
        node.releases().add(work);
        state.afterwards(() -> host.run(
                work,
                outcome -> loop.post(() -> {
                    node.releases().remove(work);
                    job.releasing(job.releasing() - 1);
                })));
    }

    private void finish(JobEntry job) {
        job.timeLimit().cancel(false);
        if (job.record().state() == JobState.TERMINATING) {
            state.update(job, job.record().completed(clock.instant()));
            return;
        }
        state.remove(job);
        String id = job.record().spec().id().value();
        for (PoolEntry pool : state.pools().values()) {
            for (NodeEntry node : pool.nodes().values()) {
                NodeFolder folder =
                        host.folder(node.record().pool(), node.record().id());
                state.afterwards(() -> host.discard(folder.job(id)));
            }
        }
    }
}
