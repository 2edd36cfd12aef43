package io.twinbatch.app.config;

import io.twinbatch.api.error.QuotedValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 20m}, {@code 1h30m}, {@code 2d}, or ISO 8601 ({@code PT20M}). */
public final class Durations {
    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @return more than zero
     * @throws IllegalArgumentException for anything else; the message says what is accepted
     */
    public static Duration parse(String text) {
        return read(text)
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> new IllegalArgumentException(
                        "a duration is more than zero and looks like 90s, 20m, 1h30m, 2d or PT20M, not '"
                                + QuotedValue.of(text) + "'"));
    }

    /**
     * Reads a duration that may be zero, which is also written {@code 0}.
     *
     * @param most the longest that is accepted, in whole minutes
     * @throws IllegalArgumentException for anything else; the message says what is accepted
     */
    public static Duration parseUpTo(Duration most, String text) {
        return (text.strip().equals("0") ? Optional.of(Duration.ZERO) : read(text))
                .filter(duration -> duration.compareTo(most) <= 0)
                .orElseThrow(() -> new IllegalArgumentException("a duration from 0 to " + most.toMinutes()
                        + "m, such as 0, 5s or 2m, not '" + QuotedValue.of(text) + "'"));
    }

    /** Zero or more; empty for what is none. */
    private static Optional<Duration> read(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return (lower.startsWith("p") ? readIso(lower) : readShort(lower)).filter(duration -> !duration.isNegative());
    }

    private static Optional<Duration> readIso(String lower) {
        try {
            return Optional.of(Duration.parse(lower));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> readShort(String lower) {
        Matcher parts = SHORT.matcher(lower);
        if (lower.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4))));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
