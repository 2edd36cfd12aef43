package io.twinbatch.app.config;

import io.twinbatch.api.error.QuotedValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
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
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Duration duration = lower.startsWith("p") ? parseIso(text, lower) : parseShort(text, lower);
        if (duration.isZero() || duration.isNegative()) {
            throw wrong(text);
        }
        return duration;
    }

    private static Duration parseIso(String text, String lower) {
        try {
            return Duration.parse(lower);
        } catch (DateTimeException e) {
            throw wrong(text);
        }
    }

    private static Duration parseShort(String text, String lower) {
        Matcher parts = SHORT.matcher(lower);
        if (lower.isEmpty() || !parts.matches()) {
            throw wrong(text);
        }
        return Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "a duration is more than zero and looks like 90s, 20m, 1h30m, 2d or PT20M, not '" + QuotedValue.of(text)
                        + "'");
    }
}
