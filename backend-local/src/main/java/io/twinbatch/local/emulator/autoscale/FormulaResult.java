package io.twinbatch.local.emulator.autoscale;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What came out of a formula.
 *
 * @param time when it was evaluated
 * @param targetDedicatedNodes how many dedicated nodes the pool should have; with an error, as before
 * @param targetLowPriorityNodes how many spot nodes the pool should have; with an error, as before
 * @param deallocationOption what becomes of the tasks of nodes that are removed, such as {@code requeue}
 * @param results the variables as the service writes them: {@code $name=value}, with semicolons between them
 * @param error why it could not be evaluated to its end
 */
public record FormulaResult(
        Instant time,
        int targetDedicatedNodes,
        int targetLowPriorityNodes,
        String deallocationOption,
        String results,
        Optional<Failure> error) {
    public FormulaResult {
        Objects.requireNonNull(error, "error");
    }

    /**
     * Why a formula could not be evaluated to its end.
     *
     * @param code the service's code, such as {@code InsufficientSampleData}
     * @param message what happened, in a sentence
     * @param values named details
     */
    public record Failure(String code, String message, Map<String, String> values) {
        public Failure {
            values = Map.copyOf(values);
        }
    }
}
