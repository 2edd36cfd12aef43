package io.twinbatch.app.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people like to read them. */
public final class HumanFormat {
    private static final long[] SIZES = {1L << 40, 1L << 30, 1L << 20, 1L << 10};
    private static final String[] UNITS = {"TiB", "GiB", "MiB", "KiB"};

    private HumanFormat() {}

    /** A time such as {@code 0.4 s}, {@code 12 s}, {@code 20 min}, {@code 3 min 20 s} or {@code 2 h 05 min}. */
    public static String duration(Duration time) {
        long millis = Math.max(0, time.toMillis());
        if (millis < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = (millis + 500) / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min" + rest(seconds % 60, "s");
        }
        return minutes / 60 + " h" + rest(minutes % 60, "min");
    }

    private static String rest(long number, String unit) {
        return number == 0 ? "" : String.format(Locale.ROOT, " %02d %s", number, unit);
    }

    /** A size such as {@code 812 bytes}, {@code 14.2 KiB} or {@code 3.0 GiB}. */
    public static String size(long bytes) {
        for (int i = 0; i < SIZES.length; i++) {
            if (bytes >= SIZES[i]) {
                return String.format(Locale.ROOT, "%.1f %s", (double) bytes / SIZES[i], UNITS[i]);
            }
        }
        return count(bytes, "byte");
    }

    /** A number such as {@code 812} or {@code 1,204}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number with its noun, such as {@code 1 file} or {@code 1,204 files}. */
    public static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
