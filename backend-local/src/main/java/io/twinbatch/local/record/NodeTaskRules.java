package io.twinbatch.local.record;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for of a job's preparation or release task beyond what the neutral API can say.
 *
 * @param id what it is called on its nodes
 * @param gates whether tasks of the job wait for its success
 * @param maxRetries how often it is tried again after a non-zero exit code
 * @param containers files of containers that it needs, beside those of its specification
 * @param maxWallClockTime how long a try may take; empty for no limit
 */
public record NodeTaskRules(
        String id,
        boolean gates,
        int maxRetries,
        List<ContainerSource> containers,
        Optional<Duration> maxWallClockTime) {
    /** The service's bound for a release task. */
    private static final Duration RELEASE_LIMIT = Duration.ofMinutes(15);

    /** Of a preparation task, when nothing else is said. */
    public static final NodeTaskRules PREPARATION =
            new NodeTaskRules("jobpreparation", true, 0, List.of(), Optional.empty());

    /** Of a release task, when nothing else is said. */
    public static final NodeTaskRules RELEASE =
            new NodeTaskRules("jobrelease", false, 0, List.of(), Optional.of(RELEASE_LIMIT));
}
