package io.twinbatch.local.engine;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.engine.model.EngineErrors;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NewTask;
import io.twinbatch.local.engine.model.Precondition;
import io.twinbatch.local.record.JobPhase;
import io.twinbatch.local.record.JobTemplate;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.Recurrence;
import io.twinbatch.local.record.SchedulePhase;
import io.twinbatch.local.record.ScheduleRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The life of job schedules: created, changed, disabled, their jobs made, terminated, deleted. */
final class ScheduleControl {
    private final EngineState state;
    private final JobControl jobs;
    private final PoolControl pools;
    private final Submission submission;
    private final Transitions transitions;
    private final Clock clock;

    ScheduleControl(
            EngineState state,
            JobControl jobs,
            PoolControl pools,
            Submission submission,
            Transitions transitions,
            Clock clock) {
        this.state = state;
        this.jobs = jobs;
        this.pools = pools;
        this.submission = submission;
        this.transitions = transitions;
        this.clock = clock;
    }

    void create(String id, Recurrence recurrence, JobTemplate template, String document) {
        ScheduleRecord known = state.schedules().get(RecordKeys.ofSchedule(id));
        if (known != null) {
            boolean deleting = known.phase() == SchedulePhase.DELETING;
            throw EngineErrors.idInUse("job schedule", id, deleting, "JobScheduleBeingDeleted");
        }
        state.put(ScheduleRecord.created(id, recurrence, template, document, clock.instant()));
    }

    void change(String id, Precondition expected, Recurrence recurrence, JobTemplate template, String document) {
        ScheduleRecord schedule = requireGoingOn(id, expected);
        state.put(schedule.changed(recurrence, template, document, clock.instant()));
    }

    void enable(String id, Precondition expected) {
        move(requireGoingOn(id, expected), SchedulePhase.ACTIVE);
    }

    void disable(String id, Precondition expected) {
        move(requireGoingOn(id, expected), SchedulePhase.DISABLED);
    }

    private void move(ScheduleRecord schedule, SchedulePhase phase) {
        ScheduleRecord ordered = schedule.modified(clock.instant());
        state.put(schedule.phase() == phase ? ordered : ordered.in(phase, clock.instant()));
    }

    void terminate(String id, Precondition expected) {
        ScheduleRecord schedule = requireGoingOn(id, expected);
        state.put(schedule.modified(clock.instant()).in(SchedulePhase.TERMINATING, clock.instant()));
        activeJob(schedule)
                .filter(job -> job.record().state() != JobPhase.DELETING)
                .ifPresent(job -> jobs.terminate(job.record().spec().id(), Precondition.ANY, "TerminateJobSchedule"));
    }

    /** Has a schedule go with its jobs; false when there is none, or it is going already. */
    boolean delete(String id, Precondition expected) {
        ScheduleRecord schedule = state.schedules().get(RecordKeys.ofSchedule(id));
        if (schedule == null || schedule.phase() == SchedulePhase.DELETING) {
            return false;
        }
        expected.require("job schedule " + id, schedule.history().lastModified());
        state.put(schedule.in(SchedulePhase.DELETING, clock.instant()));
        jobsOf(schedule).forEach(job -> jobs.delete(job.record().spec().id(), Precondition.ANY));
        return true;
    }

    private ScheduleRecord requireGoingOn(String id, Precondition expected) {
        String what = "job schedule " + id;
        ScheduleRecord schedule = state.schedules().get(RecordKeys.ofSchedule(id));
        if (schedule == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, what, "there is no such schedule");
        }
        expected.require(what, schedule.history().lastModified());
        return switch (schedule.phase()) {
            case ACTIVE, DISABLED -> schedule;
            case TERMINATING ->
                throw EngineErrors.conflict("JobScheduleBeingTerminated", what, "it is being terminated");
            case COMPLETED -> throw EngineErrors.conflict("JobScheduleCompleted", what, "it has ended");
            case DELETING -> throw EngineErrors.conflict("JobScheduleBeingDeleted", what, "it is being deleted");
        };
    }

    private List<JobEntry> jobsOf(ScheduleRecord schedule) {
        return state.jobs().values().stream()
                .filter(job -> job.record().rules().schedule().equals(Optional.of(schedule.id())))
                .toList();
    }

    private Optional<JobEntry> activeJob(ScheduleRecord schedule) {
        return jobsOf(schedule).stream()
                .filter(job -> job.record().state() != JobPhase.COMPLETED)
                .findFirst();
    }

    /** Makes the jobs that are due, and brings schedules to their end. */
    void settle() {
        for (ScheduleRecord schedule : List.copyOf(state.schedules().values())) {
            switch (schedule.phase()) {
                case ACTIVE -> follow(schedule);
                case TERMINATING -> {
                    if (activeJob(schedule).isEmpty() && isTransitionOver(schedule)) {
                        complete(schedule);
                    }
                }
                case DELETING -> {
                    if (jobsOf(schedule).isEmpty() && isTransitionOver(schedule)) {
                        deleteSharedPool(schedule);
                        state.remove(schedule);
                    }
                }
                case DISABLED, COMPLETED -> {}
            }
        }
    }

    private boolean isTransitionOver(ScheduleRecord schedule) {
        return transitions.isOver(schedule.history().since());
    }

    private void follow(ScheduleRecord schedule) {
        if (activeJob(schedule).isPresent()) {
            return;
        }
        Instant now = clock.instant();
        Optional<Instant> due = schedule.progress().nextRun();
        if (due.isEmpty() || schedule.recurrence().isOver(now)) {
            complete(schedule);
            return;
        }
        if (now.isBefore(due.get())) {
            return;
        }
        boolean missed = schedule.recurrence()
                .window()
                .filter(window -> due.get().plus(window).isBefore(now))
                .isPresent();
        Optional<Instant> next = schedule.recurrence().after(due.get(), now);
        if (missed) {
            state.put(schedule.due(next));
        } else {
            make(schedule, next);
        }
    }

    private void make(ScheduleRecord schedule, Optional<Instant> next) {
        JobTemplate template = schedule.template();
        JobId id = schedule.nextJob();
        if (state.jobs().containsKey(RecordKeys.of(id))) {
            // Somebody has given a job of their own the name of this one.
            state.put(schedule.made(id, schedule.progress().sharedPool(), next));
            return;
        }
        boolean shares =
                template.rules().autoPool().filter(pool -> pool.ofSchedule()).isPresent();
        Optional<PoolId> shared =
                schedule.progress().sharedPool().filter(pool -> state.pools().containsKey(RecordKeys.of(pool)));
        PoolId pool = shared.or(() -> template.pool().map(this::makePool))
                .orElse(template.spec().pool());
        JobEntry job = jobs.create(named(template.spec(), id, pool), template.rules());
        template.manager().ifPresent(manager -> submission.addFirst(job, new NewTask(manager.spec(), manager.rules())));
        state.put(schedule.made(id, shares ? Optional.of(pool) : Optional.empty(), next));
    }

    private PoolId makePool(JobTemplate.Pool template) {
        String unique = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        PoolId id = new PoolId(template.prefix().isEmpty() ? unique : template.prefix() + "_" + unique);
        pools.create(template.spec().withId(id), template.rules());
        return id;
    }

    private static JobSpec named(JobSpec spec, JobId id, PoolId pool) {
        return new JobSpec(
                id,
                pool,
                spec.priority(),
                spec.maxWallClockTime(),
                spec.maxTaskRetries(),
                spec.usesTaskDependencies(),
                spec.preparation(),
                spec.release(),
                spec.environment(),
                spec.metadata());
    }

    private void complete(ScheduleRecord schedule) {
        deleteSharedPool(schedule);
        state.put(schedule.in(SchedulePhase.COMPLETED, clock.instant()));
    }

    private void deleteSharedPool(ScheduleRecord schedule) {
        boolean stays = schedule.template()
                .rules()
                .autoPool()
                .filter(pool -> pool.stays())
                .isPresent();
        if (!stays) {
            schedule.progress().sharedPool().ifPresent(pool -> pools.delete(pool, Precondition.ANY));
        }
    }
}
