package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.local.engine.host.NodeHost;
import io.twinbatch.local.engine.model.Assignment;
import io.twinbatch.local.engine.model.EngineErrors;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.JobPreparation;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.engine.model.RunningTaskPolicy;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.record.JobPhase;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.JobRules;
import io.twinbatch.local.record.RecordKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The life of jobs: created, changed, disabled, terminated, released on their nodes, deleted. */
final class JobControl {
    private final EngineState state;
    private final TaskControl tasks;
    private final NodeJobTasks nodeTasks;
    private final PoolControl pools;
    private final NodeHost host;
    private final EngineLoop loop;
    private final ScheduledExecutorService timer;
    private final Transitions transitions;
    private final Clock clock;

    JobControl(
            EngineState state,
            TaskControl tasks,
            NodeJobTasks nodeTasks,
            PoolControl pools,
            NodeHost host,
            EngineLoop loop,
            ScheduledExecutorService timer,
            Transitions transitions,
            Clock clock) {
        this.state = state;
        this.tasks = tasks;
        this.nodeTasks = nodeTasks;
        this.pools = pools;
        this.host = host;
        this.loop = loop;
        this.timer = timer;
        this.transitions = transitions;
        this.clock = clock;
    }

    JobEntry create(JobSpec spec, JobRules rules) {
        requireFree(spec.id());
        requireContainersOf(spec);
        JobEntry job = state.addJob(JobRecord.created(spec, rules, state.nextSequence(), clock.instant()));
        state.afterwards(() -> watchTimeLimit(job));
        return job;
    }

    private void requireFree(JobId id) {
        JobEntry known = state.jobs().get(RecordKeys.of(id));
        if (known != null) {
            boolean deleting = known.record().state() == JobPhase.DELETING;
            throw EngineErrors.idInUse("job", id.value(), deleting, "JobBeingDeleted");
        }
    }

    /** A pool that is not there yet is asked when its nodes run the tasks. */
    private void requireContainersOf(JobSpec spec) {
        Optional.ofNullable(state.pools().get(RecordKeys.of(spec.pool())))
                .ifPresent(pool ->
                        ContainerRules.requireNodeTasks(spec, pool.record().runsContainers()));
    }

    /** Changes what a job asks for. */
    void change(JobId id, Precondition expected, JobSpec spec, JobRules rules) {
        JobEntry job = require(id, expected);
        requireGoingOn(job);
        boolean moves = !RecordKeys.of(spec.pool())
                .equals(RecordKeys.of(job.record().spec().pool()));
        if (moves && job.record().state() != JobPhase.DISABLED) {
            throw EngineErrors.conflict(
                    "OperationInvalidForCurrentState", "job " + id, "only a disabled job can go to another pool");
        }
        requireContainersOf(spec);
        state.update(job, job.record().changed(spec, rules, clock.instant()));
        job.timeLimit().cancel(false);
        state.afterwards(() -> watchTimeLimit(job));
    }

    private JobEntry require(JobId id, Precondition expected) {
        JobEntry job = state.job(id);
        expected.require("job " + id, job.record().history().lastModified());
        return job;
    }

    private static void requireGoingOn(JobEntry job) {
        JobPhase now = job.record().state();
        if (now.takesTasks()) {
            return;
        }
        String what = "job " + job.record().spec().id();
        throw switch (now) {
            case DELETING -> EngineErrors.conflict("JobBeingDeleted", what, "it is being deleted");
            case TERMINATING -> EngineErrors.conflict("JobBeingTerminated", what, "it is being terminated");
            default -> EngineErrors.conflict("JobCompleted", what, "it has ended");
        };
    }

    /** Has a job terminated when its time is up. */
    void watchTimeLimit(JobEntry job) {
        job.record().spec().maxWallClockTime().ifPresent(limit -> {
            Duration passed = Duration.between(job.record().created(), clock.instant());
            // The clock may have been set back since; the job gets no more time for that.
            Duration left = passed.isNegative() ? limit : limit.minus(passed);
            job.timeLimit(timer.schedule(
                    () -> loop.post(() -> timeIsUp(job)),
                    Math.max(0, TimeUnit.MILLISECONDS.convert(left)),
                    TimeUnit.MILLISECONDS));
        });
    }

    private void timeIsUp(JobEntry job) {
        if (state.jobs().get(job.key()) == job && job.record().state().takesTasks()) {
            terminate(job, "MaxWallClockTimeExpiry");
        }
    }

    /** Has no further task of a job start. */
    void disable(JobId id, Precondition expected, RunningTaskPolicy how) {
        JobEntry job = require(id, expected);
        requireGoingOn(job);
        state.update(job, job.record().modified(clock.instant()));
        disable(job, how);
    }

    private void disable(JobEntry job, RunningTaskPolicy how) {
        if (job.isActive()) {
            state.update(job, job.record().disabling(clock.instant()));
        }
        tasks.displace(assignments(job), how);
    }

    /** Has the tasks of a disabled job start again. */
    void enable(JobId id, Precondition expected) {
        JobEntry job = require(id, expected);
        requireGoingOn(job);
        if (!job.isActive()) {
            state.update(job, job.record().enabled(clock.instant()));
        }
        state.update(job, job.record().modified(clock.instant()));
    }

    /** Orders the end of a job; one that has ended or is ending is left as it is. */
    void terminate(JobId id, Precondition expected, String reason) {
        JobEntry job = require(id, expected);
        if (job.record().state() == JobPhase.DELETING) {
            throw EngineErrors.conflict("JobBeingDeleted", "job " + id, "it is being deleted");
        }
        if (job.record().state().takesTasks()) {
            state.update(job, job.record().modified(clock.instant()));
            terminate(job, reason);
        }
    }

    private void terminate(JobEntry job, String reason) {
        state.update(job, job.record().terminating(reason, clock.instant()));
        stopTasks(job);
    }

    /** Has a job go with its tasks; false when there is none, or it is going already. */
    boolean delete(JobId id, Precondition expected) {
        JobEntry job = state.jobs().get(RecordKeys.of(id));
        if (job == null || job.record().state() == JobPhase.DELETING) {
            return false;
        }
        expected.require("job " + id, job.record().history().lastModified());
        state.update(job, job.record().deleting(clock.instant()));
        stopTasks(job);
        return true;
    }

    private void stopTasks(JobEntry job) {
        state.endingJobs().add(job);
        assignments(job).forEach(assignment -> tasks.end(assignment, EndReason.TERMINATED));
        nodes().forEach(node -> nodeTasks.stop(node, job));
    }

    private List<Assignment> assignments(JobEntry job) {
        List<Assignment> found = new ArrayList<>();
        for (NodeEntry node : nodes()) {
            node.assignments().values().stream()
                    .filter(assignment -> assignment.job() == job)
                    .forEach(found::add);
        }
        return found;
    }

    private List<NodeEntry> nodes() {
        return state.pools().values().stream()
                .flatMap(pool -> pool.nodes().values().stream())
                .toList();
    }

    /** Brings those jobs further on whose tasks have. */
    void settle() {
        nodeTasks.settle();
        for (JobEntry job : state.jobs().values()) {
            if (job.record().state().takesTasks()) {
                settle(job);
            }
        }
        for (JobEntry job : List.copyOf(state.endingJobs())) {
            boolean quiet = job.assigned() == 0 && !isPreparing(job);
            if (quiet && job.releasing() < 0) {
                job.releasing((int) nodes().stream()
                        .filter(node -> nodeTasks.release(node, job))
                        .count());
            }
            if (quiet && job.releasing() == 0 && isTransitionOver(job)) {
                state.endingJobs().remove(job);
                finish(job);
            }
        }
    }

    private boolean isTransitionOver(JobEntry job) {
        return transitions.isOver(job.record().history().since());
    }

    private void settle(JobEntry job) {
        Optional<JobEntry.Consequence> consequence = job.consequence();
        job.consequence(Optional.empty());
        consequence.ifPresent(what -> {
            switch (what) {
                case DISABLED_FOR_FAILURE -> disable(job, RunningTaskPolicy.REQUEUE);
                case TERMINATED_FOR_FAILURE -> terminate(job, "TaskFailed");
                case TERMINATED_BY_MANAGER -> terminate(job, "JMComplete");
            }
        });
        if (job.record().state() == JobPhase.DISABLING && job.assigned() == 0 && isTransitionOver(job)) {
            state.update(job, job.record().disabled(clock.instant()));
        }
        if (job.isActive() && job.record().rules().endsWithItsTasks() && job.unfinished() == 0) {
            terminate(job, "AllTasksComplete");
        }
    }

    private boolean isPreparing(JobEntry job) {
        return nodes().stream()
                .map(node -> node.preparations().get(job.key()))
                .anyMatch(preparation -> preparation != null && preparation.state() == JobPreparation.State.RUNNING);
    }

    private void finish(JobEntry job) {
        job.timeLimit().cancel(false);
        job.record()
                .rules()
                .autoPool()
                .filter(pool -> !pool.ofSchedule() && !pool.stays())
                .ifPresent(pool -> pools.delete(job.record().spec().pool(), Precondition.ANY));
        if (job.record().state() == JobPhase.TERMINATING) {
            state.update(job, job.record().completed(clock.instant()));
            return;
        }
        state.remove(job);
        String id = job.record().spec().id().value();
        for (NodeEntry node : nodes()) {
            NodeFolder folder = host.folder(node.record().pool(), node.record().id());
            state.afterwards(() -> host.discard(folder.job(id)));
        }
    }
}
