package io.twinbatch.api.job;

import io.twinbatch.api.pool.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A task as it is now.
 *
 * @param key its identity
 * @param status how far it has come
 * @param node the node of its last try; empty before the first
 * @param created when it was submitted, by the provider's clock
 * @param started when its last try began, fetching of resource files included; empty before the first
 * @param ended when it ended; empty before
 * @param exitCode the exit code of the last try; empty before, and when the process never ran
 * @param retries how often it was tried again after a non-zero exit code
 * @param requeues how often it was queued again because its node was lost or taken away
 * @param usage what its last try used; empty before its end, and when the provider does not say
 */
public record Task(
        TaskKey key,
        TaskStatus status,
        Optional<NodeId> node,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        OptionalInt exitCode,
        int retries,
        int requeues,
        Optional<TaskUsage> usage) {
    public Task {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(exitCode, "exitCode");
        Objects.requireNonNull(usage, "usage");
    }

    /** A task of which the provider does not say what it used. */
    public Task(
            TaskKey key,
            TaskStatus status,
            Optional<NodeId> node,
            Instant created,
            Optional<Instant> started,
            Optional<Instant> ended,
            OptionalInt exitCode,
            int retries,
            int requeues) {
        this(key, status, node, created, started, ended, exitCode, retries, requeues, Optional.empty());
    }

    /** How long its last try took; empty before its end. */
    public Optional<Duration> duration() {
        return started.flatMap(start -> ended.map(end -> between(start, end)));
    }

    /** How long it waited for its last try, earlier ones included; empty before the first. */
    public Optional<Duration> queueTime() {
        return started.map(start -> between(created, start));
    }

    /** Clocks may differ. */
    private static Duration between(Instant start, Instant end) {
        return start.isAfter(end) ? Duration.ZERO : Duration.between(start, end);
    }
}
