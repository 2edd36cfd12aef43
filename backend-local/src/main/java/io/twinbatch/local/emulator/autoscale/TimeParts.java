package io.twinbatch.local.emulator.autoscale;

import io.twinbatch.api.error.QuotedValue;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The parts of a point in time. */
final class TimeParts {
    private static final int DAYS_OF_WEEK = 7;

    private TimeParts() {}

    static Value of(Position position, Value value, String name) {
        if (!(value instanceof Value.Time time)) {
            throw new EvaluationException(
                    position, "a " + value.type() + " has no part '" + QuotedValue.of(name) + "'");
        }
        OffsetDateTime parts = time.value().atOffset(ZoneOffset.UTC);
        return new Value.Amount(
                switch (name) {
                    case "year" -> parts.getYear();
                    case "month" -> parts.getMonthValue();
                    case "day" -> parts.getDayOfMonth();
                    // Monday is 1, and Sunday 0.
                    case "weekday" -> parts.getDayOfWeek().getValue() % DAYS_OF_WEEK;
                    case "hour" -> parts.getHour();
                    case "minute" -> parts.getMinute();
                    case "second" -> parts.getSecond();
                    default ->
                        throw new EvaluationException(
                                position, "a timestamp has no part '" + QuotedValue.of(name) + "'");
                });
    }
}
