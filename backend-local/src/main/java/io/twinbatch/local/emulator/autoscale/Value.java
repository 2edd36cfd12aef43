package io.twinbatch.local.emulator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** A value of the language. */
sealed interface Value {
    /** The name of its type, as the service's description calls it. */
    String type();

    /** How it is written among the results. */
    String text();

    /** A number, or a truth: zero is false. */
    record Amount(double value) implements Value {
        static Amount of(boolean truth) {
            return new Amount(truth ? 1 : 0);
        }

        @Override
        public String type() {
            return "double";
        }

        @Override
        public String text() {
            return Numbers.text(value);
        }
    }

    /** A list of numbers. */
    record Vector(List<Double> values) implements Value {
        public Vector {
            values = List.copyOf(values);
        }

        @Override
        public String type() {
            return "doubleVec";
        }

        @Override
        public String text() {
            return values.stream().map(Numbers::text).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** Text. */
    record Text(String value) implements Value {
        @Override
        public String type() {
            return "string";
        }

        @Override
        public String text() {
            return value;
        }
    }

    /** A point in time. */
    record Time(Instant value) implements Value {
        @Override
        public String type() {
            return "timestamp";
        }

        @Override
        public String text() {
            return value.truncatedTo(ChronoUnit.MILLIS).toString();
        }
    }

    /** A length of time. */
    record Span(Duration value) implements Value {
        @Override
        public String type() {
            return "timeinterval";
        }

        @Override
        public String text() {
            return value.toString();
        }
    }

    /** A metric with its samples. */
    record Data(Metric metric) implements Value {
        @Override
        public String type() {
            return "data set " + metric.variable();
        }

        @Override
        public String text() {
            return metric.variable();
        }
    }
}
