package io.twinbatch.local.emulator.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;

/** A value in a filter, and how a property's value stands to it. */
sealed interface Literal {
    /** How a value is ordered against this one; empty when the two cannot be compared. */
    OptionalInt order(JsonNode value);

    /** Text; upper and lower case are the same to the service. */
    record Text(String text) implements Literal {
        @Override
        public OptionalInt order(JsonNode value) {
            return value.isTextual()
                    ? OptionalInt.of(value.textValue().compareToIgnoreCase(text))
                    : OptionalInt.empty();
        }
    }

    /** A number; the service writes long ones as text. */
    record Amount(BigDecimal number) implements Literal {
        @Override
        public OptionalInt order(JsonNode value) {
            if (value.isNumber()) {
                return OptionalInt.of(value.decimalValue().compareTo(number));
            }
            if (!value.isTextual()) {
                return OptionalInt.empty();
            }
            try {
                return OptionalInt.of(
                        BigDecimal.valueOf(Long.parseLong(value.textValue())).compareTo(number));
            } catch (NumberFormatException e) {
                return OptionalInt.empty();
            }
        }
    }

    /** True or false. */
    record Truth(boolean truth) implements Literal {
        @Override
        public OptionalInt order(JsonNode value) {
            return value.isBoolean()
                    ? OptionalInt.of(Boolean.compare(value.booleanValue(), truth))
                    : OptionalInt.empty();
        }
    }

    /** A point in time. */
    record Time(Instant time) implements Literal {
        /** The time that a text names, in ISO 8601 (UTC when it names no zone) or as RFC 1123 writes it. */
        static Optional<Time> of(String text) {
            try {
                return Optional.of(new Time(instant(text.strip())));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private static Instant instant(String text) {
            if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
                return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
            }
            String whole = text.indexOf('T') < 0 ? text + "T00:00:00" : text;
            boolean zoned = whole.endsWith("Z") || whole.endsWith("z") || whole.matches(".*[+-]\\d\\d:\\d\\d");
            return OffsetDateTime.parse(zoned ? whole : whole + "Z").toInstant();
        }

        @Override
        public OptionalInt order(JsonNode value) {
            if (!value.isTextual()) {
                return OptionalInt.empty();
            }
            return of(value.textValue())
                    .map(other -> OptionalInt.of(other.time.compareTo(time)))
                    .orElse(OptionalInt.empty());
        }
    }

    /** That there is no value. */
    record Nothing() implements Literal {
        @Override
        public OptionalInt order(JsonNode value) {
            return value.isMissingNode() || value.isNull() ? OptionalInt.of(0) : OptionalInt.empty();
        }
    }
}
