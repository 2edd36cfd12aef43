package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.local.emulator.autoscale.Value.Amount;
import io.twinbatch.local.emulator.autoscale.Value.Span;
import io.twinbatch.local.emulator.autoscale.Value.Text;
import io.twinbatch.local.emulator.autoscale.Value.Time;
import io.twinbatch.local.emulator.autoscale.Value.Vector;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** The operators, for the types that the service's description lists and no others. */
final class Operators {
    private static final Set<String> COMPARISONS = Set.of("<", "<=", "==", ">=", ">", "!=");

    /** About 285 years; more is beyond what can be counted in nanoseconds. */
    private static final double MAX_SECONDS = 9e9;

    private static final double NANOS = 1e9;

    private Operators() {}

    static boolean isTrue(Position position, Value value) {
        if (value instanceof Amount amount) {
            return amount.value() != 0;
        }
        throw new EvaluationException(position, "a condition has to be a double, not a " + value.type());
    }

    static Value apply(Position position, String sign, Value operand) {
        if (operand instanceof Amount amount) {
            return sign.equals("!") ? Amount.of(amount.value() == 0) : new Amount(-amount.value());
        }
        if (operand instanceof Span span && sign.equals("-")) {
            return new Span(span.value().negated());
        }
        throw new EvaluationException(position, sign + " cannot be applied to a " + operand.type());
    }

    static Value apply(Position position, String sign, Value left, Value right) {
        Optional<Value> value;
        if (COMPARISONS.contains(sign)) {
            value = compare(sign, left, right);
        } else if (sign.equals("&&") || sign.equals("||")) {
            // The left side has let the right side decide.
            value = Optional.of(Amount.of(isTrue(position, right)));
        } else {
            value = arithmetic(position, sign, left, right);
        }
        return value.orElseThrow(() -> new EvaluationException(
                position, sign + " cannot be applied to a " + left.type() + " and a " + right.type()));
    }

    private static Optional<Value> compare(String sign, Value left, Value right) {
        OptionalInt order = OptionalInt.empty();
        if (left instanceof Amount a && right instanceof Amount b) {
            if (Double.isNaN(a.value()) || Double.isNaN(b.value())) {
                return Optional.of(Amount.of(sign.equals("!=")));
            }
            // Adding zero makes a negative zero equal to zero.
            order = OptionalInt.of(Double.compare(a.value() + 0.0, b.value() + 0.0));
        } else if (left instanceof Text a && right instanceof Text b) {
            order = OptionalInt.of(a.value().compareTo(b.value()));
        } else if (left instanceof Time a && right instanceof Time b) {
            order = OptionalInt.of(a.value().compareTo(b.value()));
        } else if (left instanceof Span a && right instanceof Span b) {
            order = OptionalInt.of(a.value().compareTo(b.value()));
        }
        return order.isEmpty() ? Optional.empty() : Optional.of(Amount.of(holds(sign, order.getAsInt())));
    }

    private static boolean holds(String sign, int order) {
        return switch (sign) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case "==" -> order == 0;
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            default -> order != 0;
        };
    }

    private static Optional<Value> arithmetic(Position position, String sign, Value left, Value right) {
        if (left instanceof Amount a && right instanceof Amount b) {
            return Optional.of(new Amount(calculate(sign, a.value(), b.value())));
        }
        if (left instanceof Vector a) {
            return vector(position, sign, a, right);
        }
        return time(position, sign, left, right);
    }

    private static double calculate(String sign, double left, double right) {
        return switch (sign) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            default -> left / right;
        };
    }

    private static Optional<Value> vector(Position position, String sign, Vector left, Value right) {
        List<Double> result = new ArrayList<>(left.values().size());
        if (right instanceof Amount amount) {
            left.values().forEach(value -> result.add(calculate(sign, value, amount.value())));
            return Optional.of(new Vector(result));
        }
        if (!(right instanceof Vector other)) {
            return Optional.empty();
        }
        if (other.values().size() != left.values().size()) {
            throw new EvaluationException(
                    position,
                    "vectors of " + left.values().size() + " and "
                            + other.values().size() + " values have not the" + " same length");
        }
        for (int i = 0; i < left.values().size(); i++) {
            result.add(calculate(sign, left.values().get(i), other.values().get(i)));
        }
        return Optional.of(new Vector(result));
    }

    private static Optional<Value> time(Position position, String sign, Value left, Value right) {
        try {
            if (left instanceof Span a && right instanceof Span b && !sign.equals("*") && !sign.equals("/")) {
                return Optional.of(new Span(
                        sign.equals("+") ? a.value().plus(b.value()) : a.value().minus(b.value())));
            }
            if (left instanceof Time a && right instanceof Time b && sign.equals("-")) {
                return Optional.of(new Span(Duration.between(b.value(), a.value())));
            }
            if (left instanceof Time a && right instanceof Span b && sign.equals("+")) {
                return Optional.of(new Time(a.value().plus(b.value())));
            }
            if (left instanceof Span a && right instanceof Time b && sign.equals("+")) {
                return Optional.of(new Time(b.value().plus(a.value())));
            }
            OptionalDouble seconds = scaled(sign, left, right);
            return seconds.isEmpty() ? Optional.empty() : Optional.of(span(position, seconds.getAsDouble()));
        } catch (DateTimeException | ArithmeticException e) {
            throw new EvaluationException(position, "the time is out of range");
        }
    }

    private static OptionalDouble scaled(String sign, Value left, Value right) {
        if (left instanceof Amount a && right instanceof Span b && sign.equals("*")) {
            return OptionalDouble.of(a.value() * seconds(b));
        }
        if (left instanceof Span a && right instanceof Amount b && (sign.equals("*") || sign.equals("/"))) {
            return OptionalDouble.of(calculate(sign, seconds(a), b.value()));
        }
        return OptionalDouble.empty();
    }

    private static double seconds(Span span) {
        return span.value().toSeconds() + span.value().toNanosPart() / NANOS;
    }

    private static Value span(Position position, double seconds) {
        if (!(Math.abs(seconds) <= MAX_SECONDS)) {
            throw new EvaluationException(position, "the time is out of range");
        }
        return new Span(Duration.ofNanos(Math.round(seconds * NANOS)));
    }
}
