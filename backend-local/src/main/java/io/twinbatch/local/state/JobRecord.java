package io.twinbatch.local.state;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as the engine keeps it.
 *
 * @param spec what was asked for
 * @param sequence its place in the order of creation
 * @param state where it is in its life
 * @param created when it was created
 * @param ended when it ended
 * @param endReason why it ended
 */
public record JobRecord(
        JobSpec spec,
        long sequence,
        JobState state,
        Instant created,
        Optional<Instant> ended,
        Optional<String> endReason) {
    /** A job that has just been created. */
    public static JobRecord created(JobSpec spec, long sequence, Instant now) {
        return new JobRecord(spec, sequence, JobState.ACTIVE, now, Optional.empty(), Optional.empty());
    }

    /** The same job whose end has been ordered. */
    public JobRecord terminating(String reason) {
        return new JobRecord(spec, sequence, JobState.TERMINATING, created, ended, Optional.of(reason));
    }

    /** The same job after its end. */
    public JobRecord completed(Instant now) {
        return new JobRecord(spec, sequence, JobState.COMPLETED, created, Optional.of(now), endReason);
    }

    /** The same job whose deletion has been ordered. */
    public JobRecord deleting() {
        return new JobRecord(spec, sequence, JobState.DELETING, created, ended, endReason);
    }

    /** The same job with another specification. */
    public JobRecord with(JobSpec newSpec) {
        return new JobRecord(newSpec, sequence, state, created, ended, endReason);
    }

    /** As users of the API see it. */
    public Job toJob() {
        return new Job(spec, state, created, ended, endReason);
    }
}
