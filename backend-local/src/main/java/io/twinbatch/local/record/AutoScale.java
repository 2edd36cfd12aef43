package io.twinbatch.local.record;

import io.twinbatch.api.task.FailureInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That a formula decides how many nodes a pool has.
 *
 * @param formula the formula
 * @param interval how often it is evaluated
 * @param enabled since when it decides
 * @param lastRun how its last evaluation went
 */
public record AutoScale(String formula, Duration interval, Instant enabled, Optional<Run> lastRun) {
    /**
     * An evaluation.
     *
     * @param time when it was
     * @param results the variables with their values
     * @param error what went wrong
     */
    public record Run(Instant time, String results, Optional<FailureInfo> error) {}

    /** The same formula after an evaluation. */
    public AutoScale ran(Run run) {
        return new AutoScale(formula, interval, enabled, Optional.of(run));
    }
}
