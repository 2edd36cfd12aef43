package io.twinbatch.local.record;

import io.twinbatch.api.task.FailureInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a job's preparation or release task went on a node.
 *
 * @param started when its last try began
 * @param ended when that try ended; empty while it runs
 * @param exitCode its exit code; empty while it runs and when it could not be started
 * @param failure why it failed; empty when it succeeded or runs
 * @param retries how often it was tried again
 * @param lastRetry when it was last tried again
 */
public record NodeTaskResult(
        Instant started,
        Optional<Instant> ended,
        OptionalInt exitCode,
        Optional<FailureInfo> failure,
        int retries,
        Optional<Instant> lastRetry) {
    /** A first try that has just begun. */
    public static NodeTaskResult begun(Instant now) {
        return new NodeTaskResult(now, Optional.empty(), OptionalInt.empty(), Optional.empty(), 0, Optional.empty());
    }

    /** A further try that has just begun. */
    public NodeTaskResult retried(Instant now) {
        return new NodeTaskResult(
                now, Optional.empty(), OptionalInt.empty(), Optional.empty(), retries + 1, Optional.of(now));
    }

    /** After the try's end. */
    public NodeTaskResult ended(Instant now, OptionalInt code, Optional<FailureInfo> why) {
        return new NodeTaskResult(started, Optional.of(now), code, why, retries, lastRetry);
    }
}
