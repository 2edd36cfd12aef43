package io.twinbatch.local.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** One rule of a fault file: what goes wrong, at which occasions, and how often. */
final class FaultRule {
    private final FaultKind kind;
    private final Map<String, Pattern> patterns;
    private final Details details;
    private final double probability;
    private final SplittableRandom random;
    private long letThrough;
    private long left;

    /**
     * A rule.
     *
     * @param patterns what the names of an occasion have to match, by the kind of name; other names do not matter
     * @param schedule how often
     * @param random decides, when the rule does not apply each time
     */
    FaultRule(
            FaultKind kind,
            Map<String, Pattern> patterns,
            Details details,
            Schedule schedule,
            SplittableRandom random) {
        this.kind = kind;
        this.patterns = Map.copyOf(patterns);
        this.details = details;
        this.probability = schedule.probability();
        this.letThrough = schedule.after();
        this.left = schedule.times();
        this.random = random;
    }

    FaultKind kind() {
        return kind;
    }

    Details details() {
        return details;
    }

    /** Whether the rule applies at this occasion, which is then used up. */
    synchronized boolean strikes(Map<String, String> occasion) {
        boolean matches = patterns.entrySet().stream()
                .allMatch(entry -> entry.getValue()
                        .matcher(occasion.getOrDefault(entry.getKey(), ""))
                        .matches());
        if (!matches || left == 0) {
            return false;
        }
        if (letThrough > 0) {
            letThrough--;
            return false;
        }
        if (random.nextDouble() >= probability) {
            return false;
        }
        left--;
        return true;
    }

    /** The first rule that applies. Those behind it are not asked, and keep their count. */
    static Optional<FaultRule> first(List<FaultRule> rules, FaultKind kind, Map<String, String> occasion) {
        return rules.stream()
                .filter(rule -> rule.kind == kind && rule.strikes(occasion))
                .findFirst();
    }

    /**
     * How often a rule applies.
     *
     * @param after how many occasions pass first
     * @param times how many times it applies then
     * @param probability how likely it applies at an occasion
     */
    record Schedule(long after, long times, double probability) {}

    /**
     * What a rule says of its fault.
     *
     * @param code the service's code
     * @param message the service's message
     * @param number a status, an exit code, or a number of nodes, as the kind has it
     * @param seconds a time
     */
    record Details(
            Optional<String> code, Optional<String> message, Optional<Integer> number, Optional<Double> seconds) {}
}
