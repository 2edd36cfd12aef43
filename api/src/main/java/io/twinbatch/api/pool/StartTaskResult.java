package io.twinbatch.api.pool;

import io.twinbatch.api.task.FailureInfo;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a node's start task went.
 *
 * @param started when its last try started
 * @param ended when that try ended; empty while it runs
 * @param exitCode its exit code; empty while it runs and when it could not be started
 * @param failure why it failed; empty when it succeeded or runs
 * @param retries how often it was tried again
 */
public record StartTaskResult(
        Instant started, Optional<Instant> ended, OptionalInt exitCode, Optional<FailureInfo> failure, int retries) {
    public StartTaskResult {
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(exitCode, "exitCode");
        Objects.requireNonNull(failure, "failure");
    }
}
