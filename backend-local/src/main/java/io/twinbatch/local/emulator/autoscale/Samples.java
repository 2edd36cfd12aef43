package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.local.emulator.autoscale.Metrics.Sample;
import io.twinbatch.local.emulator.autoscale.Value.Amount;
import io.twinbatch.local.emulator.autoscale.Value.Data;
import io.twinbatch.local.emulator.autoscale.Value.Span;
import io.twinbatch.local.emulator.autoscale.Value.Time;
import io.twinbatch.local.emulator.autoscale.Value.Vector;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a metric can be asked: the methods of the variables that the service defines. */
final class Samples {
    private static final double ALL = 100;

    private final Position position;
    private final Metric metric;
    private final List<Sample> history;
    private final Instant now;

    private Samples(Position position, Metric metric, Scope scope) {
        this.position = position;
        this.metric = metric;
        this.history = scope.pool().metrics().history(metric);
        this.now = scope.pool().time();
    }

    static Samples of(Position position, Value value, Scope scope) {
        if (value instanceof Data data) {
            return new Samples(position, data.metric(), scope);
        }
        throw new EvaluationException(position, "a " + value.type() + " has no methods");
    }

    /** A metric that stands where a number should is its last sample. */
    static Value latest(Position position, Value value, Scope scope) {
        if (!(value instanceof Data data)) {
            return value;
        }
        List<Sample> history = scope.pool().metrics().history(data.metric());
        if (history.isEmpty()) {
            throw EvaluationException.samplesMissing(position, data.metric(), ALL, 0);
        }
        return new Amount(history.get(history.size() - 1).value());
    }

    Value call(String name, List<Value> arguments) {
        return switch (name) {
            case "GetSample" -> sample(arguments);
            case "GetSamplePercent" -> new Amount(range(arguments, 0).percent());
            case "GetSamplePeriod" -> new Span(Metrics.PERIOD);
            case "Count" -> new Amount(history.size());
            case "HistoryBeginTime" -> begin();
            default ->
                throw new EvaluationException(
                        position, metric.variable() + " has no method '" + QuotedValue.of(name) + "'");
        };
    }

    private Value begin() {
        if (history.isEmpty()) {
            throw EvaluationException.samplesMissing(position, metric, ALL, 0);
        }
        return new Time(history.get(0).time());
    }

    private Value sample(List<Value> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof Amount count) {
            return last(count.value());
        }
        boolean percentGiven = arguments.size() > 1 && arguments.get(arguments.size() - 1) instanceof Amount;
        Range range = range(arguments, percentGiven ? 1 : 0);
        if (percentGiven) {
            double wanted = ((Amount) arguments.get(arguments.size() - 1)).value();
            if (range.percent() < wanted) {
                throw EvaluationException.samplesMissing(position, metric, wanted, range.percent());
            }
        }
        return new Vector(range.values());
    }

    private Value last(double count) {
        if (!(count >= 0)) {
            throw new EvaluationException(position, "the number of samples is negative");
        }
        int first = (int) Math.max(0, history.size() - Math.floor(count));
        return new Vector(history.subList(first, history.size()).stream()
                .map(Sample::value)
                .toList());
    }

    private Range range(List<Value> arguments, int others) {
        int times = arguments.size() - others;
        if (times < 1 || times > 2) {
            throw new EvaluationException(position, "a time, or two, should be given");
        }
        Instant first = instant(arguments.get(0));
        Instant second = times == 2 ? instant(arguments.get(1)) : now;
        return first.isBefore(second) ? new Range(first, second) : new Range(second, first);
    }

    /** A length of time is meant back from now. */
    private Instant instant(Value value) {
        try {
            if (value instanceof Time time) {
                return time.value();
            }
            if (value instanceof Span span) {
                return now.minus(span.value());
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new EvaluationException(position, "the time is out of range");
        }
        throw new EvaluationException(position, "a timestamp or a timeinterval should be given, not a " + value.type());
    }

    /** The time from behind {@code start} to {@code end}. */
    private final class Range {
        private final Instant start;
        private final Instant end;

        Range(Instant start, Instant end) {
            this.start = start;
            this.end = end;
        }

        List<Double> values() {
            return history.stream()
                    .filter(sample ->
                            sample.time().isAfter(start) && !sample.time().isAfter(end))
                    .map(Sample::value)
                    .toList();
        }

        double percent() {
            double seconds = Duration.between(start, end).toSeconds();
            double possible = Math.max(1, Math.floor(seconds / Metrics.PERIOD.toSeconds()));
            return Math.min(ALL, Math.rint(ALL * values().size() / possible));
        }
    }
}
