package io.twinbatch.local.record;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import java.time.Instant;
import java.util.Optional;

/**
 * A job schedule as the engine keeps it.
 *
 * @param id its identifier
 * @param phase where it is in its life
 * @param created when it was created
 * @param history what happened when
 * @param recurrence when it makes jobs
 * @param template what they are like
 * @param progress how far it has come
 * @param document what a client of the emulator wrote, completed
 */
public record ScheduleRecord(
        String id,
        SchedulePhase phase,
        Instant created,
        StateHistory<SchedulePhase> history,
        Recurrence recurrence,
        JobTemplate template,
        Progress progress,
        String document) {
    /**
     * How far a schedule has come.
     *
     * @param nextRun when its next job is due; empty when none follows
     * @param jobsMade how many jobs it has made
     * @param recentJob its last job
     * @param sharedPool the pool that all its jobs share, when one was made for them
     * @param ended when it ended
     */
    public record Progress(
            Optional<Instant> nextRun,
            int jobsMade,
            Optional<JobId> recentJob,
            Optional<PoolId> sharedPool,
            Optional<Instant> ended) {}

    /** A schedule that has just been created. */
    public static ScheduleRecord created(
            String id, Recurrence recurrence, JobTemplate template, String document, Instant now) {
        Progress none = new Progress(
                Optional.of(recurrence.first(now)), 0, Optional.empty(), Optional.empty(), Optional.empty());
        return new ScheduleRecord(
                id, SchedulePhase.ACTIVE, now, StateHistory.begun(now), recurrence, template, none, document);
    }

    /** The id of its next job. */
    public JobId nextJob() {
        return new JobId(id + ":job-" + (progress.jobsMade() + 1));
    }

    /** The same schedule after it has made a job. */
    public ScheduleRecord made(JobId job, Optional<PoolId> pool, Optional<Instant> next) {
        return with(new Progress(next, progress.jobsMade() + 1, Optional.of(job), pool, progress.ended()));
    }

    /** The same schedule whose next job is due at another time. */
    public ScheduleRecord due(Optional<Instant> next) {
        return with(
                new Progress(next, progress.jobsMade(), progress.recentJob(), progress.sharedPool(), progress.ended()));
    }

    private ScheduleRecord with(Progress newProgress) {
        return new ScheduleRecord(id, phase, created, history, recurrence, template, newProgress, document);
    }

    /** The same schedule in another phase. */
    public ScheduleRecord in(SchedulePhase newPhase, Instant now) {
        boolean passing = phase == SchedulePhase.TERMINATING;
        StateHistory<SchedulePhase> later = passing ? history.passed(now) : history.left(phase, now);
        Optional<Instant> ended = newPhase == SchedulePhase.COMPLETED ? Optional.of(now) : progress.ended();
        Progress ending = new Progress(
                newPhase == SchedulePhase.COMPLETED ? Optional.empty() : progress.nextRun(),
                progress.jobsMade(),
                progress.recentJob(),
                progress.sharedPool(),
                ended);
        return new ScheduleRecord(id, newPhase, created, later, recurrence, template, ending, document);
    }

    /** The same schedule after a client's order. */
    public ScheduleRecord modified(Instant now) {
        return new ScheduleRecord(id, phase, created, history.modified(now), recurrence, template, progress, document);
    }

    /** The same schedule after a client has changed what it asks for. */
    public ScheduleRecord changed(Recurrence newRecurrence, JobTemplate newTemplate, String newDocument, Instant now) {
        Progress later = newRecurrence.equals(recurrence)
                ? progress
                : due(Optional.of(newRecurrence.first(now))).progress();
        return new ScheduleRecord(
                id, phase, created, history.modified(now), newRecurrence, newTemplate, later, newDocument);
    }
}
