package io.twinbatch.local.emulator.operation;

import io.twinbatch.local.record.ETags;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times as the service writes them. */
public final class WireTimes {
    private static final int MAX_DIGITS = 9;
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, MAX_DIGITS, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private WireTimes() {}

    /** In documents: with up to seven digits behind the second, none of them a zero at the end. */
    public static String text(Instant time) {
        return ISO.format(ETags.tick(time));
    }

    /** In headers. */
    public static String header(Instant time) {
        return RFC_1123.format(time);
    }
}
