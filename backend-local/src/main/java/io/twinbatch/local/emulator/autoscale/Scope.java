package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.api.error.QuotedValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The variables of a formula while it is evaluated. A user's variable is the same with and without its dollar sign. */
final class Scope {
    private static final String DEDICATED = "$TargetDedicatedNodes";
    private static final String LOW_PRIORITY = "$TargetLowPriorityNodes";
    private static final String OPTION = "$NodeDeallocationOption";
    private static final String SLOTS = "$TaskSlotsPerNode";

    /** What variables were called before. */
    private static final Map<String, String> ALIASES = Map.of(
            "$TargetDedicated",
            DEDICATED,
            "$TargetLowPriority",
            LOW_PRIORITY,
            "$CurrentDedicated",
            Metric.CURRENT_DEDICATED_NODES.variable(),
            "$MaxTasksPerNode",
            SLOTS);

    private static final Set<String> OPTIONS = Set.of("requeue", "terminate", "taskcompletion", "retaineddata");
    private static final Map<String, Value> CONSTANTS = constants();

    private final PoolMetrics pool;
    private final Map<String, Value> own = new TreeMap<>();
    private final Map<String, Value> targets = new HashMap<>();

    Scope(PoolMetrics pool) {
        this.pool = pool;
        targets.put(DEDICATED, new Value.Amount(pool.targetDedicatedNodes()));
        targets.put(LOW_PRIORITY, new Value.Amount(pool.targetLowPriorityNodes()));
        targets.put(OPTION, new Value.Text("requeue"));
    }

    private static Map<String, Value> constants() {
        Map<String, Value> constants = new HashMap<>();
        OPTIONS.forEach(option -> constants.put(option, new Value.Text(option)));
        Map<String, Duration> spans = Map.of(
                "Zero", Duration.ZERO,
                "100ns", Duration.ofNanos(100),
                "Microsecond", Duration.ofNanos(1000),
                "Millisecond", Duration.ofMillis(1),
                "Second", Duration.ofSeconds(1),
                "Minute", Duration.ofMinutes(1),
                "Hour", Duration.ofHours(1),
                "Day", Duration.ofDays(1),
                "Week", Duration.ofDays(7),
                "Year", Duration.ofDays(365));
        spans.forEach((name, span) -> constants.put("TimeInterval_" + name, new Value.Span(span)));
        return constants;
    }

    PoolMetrics pool() {
        return pool;
    }

    /** The value of a variable, or of a constant. */
    Optional<Value> find(String name) {
        String full = ALIASES.getOrDefault(name, name);
        if (targets.containsKey(full)) {
            return Optional.of(targets.get(full));
        }
        if (full.equals(SLOTS)) {
            return Optional.of(new Value.Amount(pool.taskSlotsPerNode()));
        }
        Optional<Value> metric = Metric.of(full).map(Value.Data::new);
        return metric.or(() -> Optional.ofNullable(own.get(withDollar(name))))
                .or(() -> Optional.ofNullable(CONSTANTS.get(name)));
    }

    void assign(Position position, String name, Value value) {
        String full = ALIASES.getOrDefault(name, name);
        if (full.equals(SLOTS) || Metric.of(full).isPresent()) {
            throw new EvaluationException(position, QuotedValue.of(name) + " cannot be assigned to");
        }
        if (full.equals(OPTION)) {
            requireOption(position, value);
        } else if (targets.containsKey(full) && !(value instanceof Value.Amount)) {
            throw new EvaluationException(position, full + " has to be a double, not a " + value.type());
        }
        if (targets.containsKey(full)) {
            targets.put(full, value);
        } else {
            own.put(withDollar(name), value);
        }
    }

    private static void requireOption(Position position, Value value) {
        if (!(value instanceof Value.Text text) || !OPTIONS.contains(text.value())) {
            throw new EvaluationException(
                    position, OPTION + " has to be one of requeue, terminate, taskcompletion," + " retaineddata");
        }
    }

    private static String withDollar(String name) {
        return name.startsWith("$") ? name : "$" + name;
    }

    /** How many dedicated nodes there should be. */
    int dedicated() {
        return nodes(DEDICATED);
    }

    /** How many spot nodes there should be. */
    int lowPriority() {
        return nodes(LOW_PRIORITY);
    }

    String option() {
        return targets.get(OPTION).text();
    }

    private int nodes(String name) {
        Value value = targets.get(name);
        double number = value instanceof Value.Amount amount ? amount.value() : Double.NaN;
        if (!(number >= 0 && number <= Integer.MAX_VALUE)) {
            throw new EvaluationException(
                    new Position(1, 1), name + " is " + value.text() + ", which is no number of" + " nodes");
        }
        return (int) number;
    }

    /** All variables as the service writes them. */
    String results() {
        StringBuilder text = new StringBuilder();
        for (String name : List.of(DEDICATED, LOW_PRIORITY, OPTION)) {
            text.append(name).append('=').append(targets.get(name).text()).append(';');
        }
        own.forEach((name, value) ->
                text.append(name).append('=').append(value.text()).append(';'));
        return text.substring(0, text.length() - 1);
    }
}
