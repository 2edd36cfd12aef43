package io.twinbatch.api.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as it is now.
 *
 * @param spec what was asked for
 * @param state where it is in its life
 * @param created when it was created, by the provider's clock
 * @param ended when it ended; empty before
 * @param endReason why it ended, in the provider's words, such as {@code UserTerminate}; empty before
 */
public record Job(JobSpec spec, JobState state, Instant created, Optional<Instant> ended, Optional<String> endReason) {
    public Job {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(endReason, "endReason");
    }

    /** Its identifier. */
    public JobId id() {
        return spec.id();
    }
}
