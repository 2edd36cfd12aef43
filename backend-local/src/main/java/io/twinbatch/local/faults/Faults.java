package io.twinbatch.local.faults;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.task.FailureInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The faults of a file. With the same file, and the same order of occasions, the same faults happen.
 */
public final class Faults implements FaultPlan {
    private static final double MILLIS = 1000;

    private final List<FaultRule> rules;

    private Faults(List<FaultRule> rules) {
        this.rules = rules;
    }

    /** No faults. */
    public static Faults none() {
        return new Faults(List.of());
    }

    /**
     * The faults of a file, which {@code docs/faults.md} describes.
     *
     * @throws BatchException {@code INVALID} when it cannot be read; the message says what is wrong with it
     */
    public static Faults read(Path file) {
        return new Faults(FaultFile.read(file));
    }

    /** Whether there is none at all. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * A refusal of a request.
     *
     * @param status the status of the answer
     * @param code the service's code
     * @param message what is said, in a sentence
     * @param retryAfter when to try again; empty when the answer does not say
     */
    public record Refusal(int status, String code, String message, Optional<Duration> retryAfter) {}

    /**
     * Whether a request is refused.
     *
     * @param operation the method and the path, such as {@code POST /jobs}
     */
    public Optional<Refusal> refusal(String operation) {
        Map<String, String> occasion = Map.of("operation", operation);
        Optional<Refusal> throttled = FaultRule.first(rules, FaultKind.THROTTLE, occasion)
                .map(rule -> new Refusal(
                        429,
                        "TooManyRequests",
                        "Too many requests are sent to the account.",
                        rule.details().seconds().map(Faults::duration)));
        return throttled.or(() -> FaultRule.first(rules, FaultKind.REFUSE, occasion)
                .map(FaultRule::details)
                .map(details -> new Refusal(
                        details.number().orElse(409),
                        details.code().orElse("OperationInvalidForCurrentState"),
                        details.message().orElse("The request is refused by the fault file."),
                        details.seconds().map(Faults::duration))));
    }

    /** Whether the answer to a request gets lost after the request has had its effect. */
    public boolean losesAnswer(String operation) {
        return FaultRule.first(rules, FaultKind.LOSE_ANSWER, Map.of("operation", operation))
                .isPresent();
    }

    /** How long the answer to a request is held back. */
    public Duration answerDelay(String operation) {
        return FaultRule.first(rules, FaultKind.SLOW_ANSWER, Map.of("operation", operation))
                .flatMap(rule -> rule.details().seconds())
                .map(Faults::duration)
                .orElse(Duration.ZERO);
    }

    @Override
    public Optional<Shortage> shortage(PoolId pool, boolean dedicated, int wanted) {
        return FaultRule.first(rules, FaultKind.RESIZE_ERROR, Map.of("pool", pool.value()))
                .map(FaultRule::details)
                .map(details -> new Shortage(
                        Math.min(wanted - 1, details.number().orElse(0)),
                        new ResizeError(
                                details.code().orElse("AllocationFailed"),
                                details.message()
                                        .orElse("Desired number of nodes could not be allocated (fault file)"))));
    }

    @Override
    public OptionalInt startTaskFailure(PoolId pool, NodeId node) {
        Map<String, String> occasion = Map.of("pool", pool.value(), "node", node.value());
        return FaultRule.first(rules, FaultKind.START_TASK_FAILURE, occasion)
                .map(rule -> OptionalInt.of(rule.details().number().orElse(1)))
                .orElse(OptionalInt.empty());
    }

    @Override
    public Optional<Loss> loss(PoolId pool, NodeId node, TaskKey task) {
        Map<String, String> occasion = occasion(pool, node, task);
        return FaultRule.first(rules, FaultKind.PREEMPTION, occasion)
                .map(rule -> loss(true, rule))
                .or(() -> FaultRule.first(rules, FaultKind.NODE_LOSS, occasion).map(rule -> loss(false, rule)));
    }

    private static Loss loss(boolean preempted, FaultRule rule) {
        return new Loss(
                preempted, rule.details().seconds().map(Faults::duration).orElse(Duration.ZERO));
    }

    @Override
    public Duration delay(PoolId pool, NodeId node, TaskKey task) {
        return FaultRule.first(rules, FaultKind.SLOW_NODE, occasion(pool, node, task))
                .flatMap(rule -> rule.details().seconds())
                .map(Faults::duration)
                .orElse(Duration.ZERO);
    }

    @Override
    public Optional<FailureInfo> uploadFailure(PoolId pool, NodeId node, TaskKey task) {
        return FaultRule.first(rules, FaultKind.UPLOAD_FAILURE, occasion(pool, node, task))
                .map(FaultRule::details)
                .map(details -> FailureInfo.of(
                        details.code().orElse("FileUploadContainerNotFound"),
                        details.message().orElse("The output container is not there (fault file)")));
    }

    private static Map<String, String> occasion(PoolId pool, NodeId node, TaskKey task) {
        return Map.of(
                "pool", pool.value(),
                "node", node.value(),
                "job", task.job().value(),
                "task", task.task());
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS));
    }
}
