package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.emulator.autoscale.Value.Amount;
import io.twinbatch.local.emulator.autoscale.Value.Text;
import io.twinbatch.local.emulator.autoscale.Value.Time;
import io.twinbatch.local.emulator.autoscale.Value.Vector;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** The functions of the language. */
final class Functions {
    /** So that a formula cannot fill the memory by putting a vector behind itself again and again. */
    private static final int MAX_VALUES = 10_000;

    private static final double HUNDRED = 100;

    private final Position position;
    private final Scope scope;

    Functions(Position position, Scope scope) {
        this.position = position;
        this.scope = scope;
    }

    Value call(String name, List<Value> arguments) {
        return switch (name) {
            case "lg" -> each(arguments, number -> Math.log(number) / Math.log(2));
            case "ln" -> each(arguments, Math::log);
            case "log" -> each(arguments, Math::log10);
            case "floor" -> each(arguments, Math::floor);
            case "ceil" -> each(arguments, Math::ceil);
            case "round" -> each(arguments, Math::rint);
            case "trunc" -> each(arguments, number -> number < 0 ? Math.ceil(number) : Math.floor(number));
            case "abs" -> each(arguments, Math::abs);
            case "time" -> time(arguments);
            case "val" -> val(arguments);
            case "percentile" -> percentile(arguments);
            case "vec" -> new Vector(list(arguments));
            case "rand" -> new Amount(scope.pool().random().getAsDouble());
            default -> new Amount(ofList(name, list(arguments)));
        };
    }

    private double ofList(String name, List<Double> values) {
        DoubleStream stream = values.stream().mapToDouble(Double::doubleValue);
        return switch (name) {
            case "len" -> values.size();
            case "sum" -> stream.sum();
            case "norm" -> Math.sqrt(stream.map(value -> value * value).sum());
            case "avg" -> some(values).average().orElseThrow();
            case "min" -> some(values).min().orElseThrow();
            case "max" -> some(values).max().orElseThrow();
            case "range" ->
                some(values).max().orElseThrow() - some(values).min().orElseThrow();
            case "std" -> deviation(values);
            default -> throw new EvaluationException(position, "there is no function '" + QuotedValue.of(name) + "'");
        };
    }

    private DoubleStream some(List<Double> values) {
        if (values.isEmpty()) {
            throw new EvaluationException(position, "there are no values");
        }
        return values.stream().mapToDouble(Double::doubleValue);
    }

    private double deviation(List<Double> values) {
        if (values.size() < 2) {
            throw new EvaluationException(position, "a deviation takes two values or more");
        }
        double mean = some(values).average().orElseThrow();
        double squares =
                some(values).map(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1));
    }

    private Value each(List<Value> arguments, DoubleUnaryOperator function) {
        if (arguments.size() == 1 && arguments.get(0) instanceof Amount amount) {
            return new Amount(function.applyAsDouble(amount.value()));
        }
        return new Vector(list(arguments).stream().map(function::applyAsDouble).toList());
    }

    private List<Double> list(List<Value> arguments) {
        List<Double> values = new ArrayList<>();
        for (Value argument : arguments) {
            if (argument instanceof Amount amount) {
                values.add(amount.value());
            } else if (argument instanceof Vector vector) {
                values.addAll(vector.values());
            } else {
                throw new EvaluationException(
                        position, "a double or a doubleVec should be given, not a " + argument.type());
            }
            if (values.size() > MAX_VALUES) {
                throw new EvaluationException(position, "there are more than " + MAX_VALUES + " values");
            }
        }
        return values;
    }

    private Value val(List<Value> arguments) {
        if (arguments.size() == 2
                && arguments.get(0) instanceof Vector vector
                && arguments.get(1) instanceof Amount index) {
            if (!(index.value() >= 0 && index.value() < vector.values().size())) {
                throw new EvaluationException(
                        position, "a vector of " + vector.values().size() + " values has none at " + index.text());
            }
            return new Amount(vector.values().get((int) index.value()));
        }
        throw new EvaluationException(position, "val takes a doubleVec and a double");
    }

    /** Of the values in order, the one at {@code p} percent, or between the two that are nearest to it. */
    private Value percentile(List<Value> arguments) {
        if (arguments.size() == 2
                && arguments.get(0) instanceof Vector vector
                && arguments.get(1) instanceof Amount percent
                && percent.value() >= 0
                && percent.value() <= HUNDRED) {
            List<Double> sorted = some(vector.values()).sorted().boxed().toList();
            double place = percent.value() / HUNDRED * (sorted.size() - 1);
            double low = sorted.get((int) Math.floor(place));
            double high = sorted.get((int) Math.ceil(place));
            return new Amount(low + (high - low) * (place - Math.floor(place)));
        }
        throw new EvaluationException(position, "percentile takes a doubleVec and a double from 0 to 100");
    }

    private Value time(List<Value> arguments) {
        if (arguments.isEmpty()) {
            return new Time(scope.pool().time());
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof Text text) {
            return text.value().isBlank()
                    ? new Time(scope.pool().time())
                    : parsed(text.value().strip());
        }
        throw new EvaluationException(position, "time takes nothing or a string");
    }

    private Value parsed(String text) {
        try {
            if (!Character.isDigit(text.charAt(0))) {
                return new Time(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            }
            if (text.indexOf('T') < 0) {
                return new Time(date(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
            return new Time(OffsetDateTime.parse(zoned ? text : text + "Z").toInstant());
        } catch (DateTimeException e) {
            throw new EvaluationException(position, "'" + QuotedValue.of(text) + "' is no time in W3C-DTF or RFC 1123");
        }
    }

    /** Of a day, of the first of a month, or of the first of a year. */
    private static LocalDate date(String text) {
        return switch (text.split("-", -1).length) {
            case 1 -> Year.parse(text).atDay(1);
            case 2 -> YearMonth.parse(text).atDay(1);
            default -> LocalDate.parse(text);
        };
    }
}
