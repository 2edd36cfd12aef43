package io.twinbatch.local.engine.model;

import io.twinbatch.api.error.BatchException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a task that was to be added.
 *
 * @param id the task
 * @param added when it was added; empty when it was not
 * @param refusal why it was not added; {@code ALREADY_EXISTS} when the job has a task of that id
 */
public record SubmissionResult(String id, Optional<Instant> added, Optional<BatchException> refusal) {
    public SubmissionResult {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(added, "added");
        Objects.requireNonNull(refusal, "refusal");
    }

    public static SubmissionResult added(String id, Instant when) {
        return new SubmissionResult(id, Optional.of(when), Optional.empty());
    }

    public static SubmissionResult refused(String id, BatchException why) {
        return new SubmissionResult(id, Optional.empty(), Optional.of(why));
    }
}
