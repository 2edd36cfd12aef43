package io.twinbatch.app.page;

import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values as pages show them. Templates escape the result for HTML; here, what a browser would not show becomes visible:
 * control characters, terminal escapes, and characters that reverse the direction of writing.
 *
 * @param zone the time zone of the times
 */
public record PageText(ZoneId zone) {
    /** What stands where there is no value. */
    public static final String NONE = "–";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** A name or other text of one line. */
    public String line(String text) {
        return SafeText.line(text);
    }

    /** Text of several lines, such as the output of a task. */
    public String lines(String text) {
        return text.lines().map(SafeText::line).collect(Collectors.joining("\n"));
    }

    /** A time such as {@code 2026-11-22 19:21:00}. */
    public String time(Instant time) {
        return TIME.format(time.atZone(zone));
    }

    /** A time, or a dash. */
    public String time(Optional<Instant> time) {
        return time.map(this::time).orElse(NONE);
    }

    /** A duration such as {@code 0.4 s} or {@code 3 min 20 s}. */
    public String duration(Duration time) {
        return HumanFormat.duration(time);
    }

    /** A duration, or a dash. */
    public String duration(Optional<Duration> time) {
        return time.map(this::duration).orElse(NONE);
    }

    /** A size such as {@code 14.2 KiB}. */
    public String size(long bytes) {
        return HumanFormat.size(bytes);
    }

    /** A number with its noun, such as {@code 1,204 files}. */
    public String count(long number, String noun) {
        return HumanFormat.count(number, noun);
    }

    /** A number such as {@code 1,204}. */
    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The time zone of the times. */
    public String zoneName() {
        return zone.getId();
    }
}
