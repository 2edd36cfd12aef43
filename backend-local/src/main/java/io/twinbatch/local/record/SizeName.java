package io.twinbatch.local.record;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a size of virtual machines, from which the number of its processors follows.
 *
 * @param name the name, such as {@code standard_d2s_v5}
 * @see <a href="https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions">how sizes are named</a>
 */
public record SizeName(String name) {
    /** A family, a number of processors, and in a size with fewer of them that number. */
    private static final Pattern CONVENTION =
            Pattern.compile("(?:standard|basic)_[a-z]+(?<all>[0-9]+)(?:-(?<fewer>[0-9]+))?.*");

    /** Sizes of before the convention, whose number is only their place in the series. */
    private static final Pattern SERIES_A = Pattern.compile("(?:standard|basic)_a(?<place>[0-9]+)");

    private static final Pattern SERIES_D = Pattern.compile("standard_ds?(?<place>[0-9]+)(?:_v2)?(?:_promo)?");
    private static final Pattern SERIES_G = Pattern.compile("standard_gs?(?<place>[0-9]+)");
    private static final Map<Integer, Integer> OF_SERIES_A =
            Map.of(0, 1, 3, 4, 4, 8, 5, 2, 6, 4, 7, 8, 9, 16, 10, 8, 11, 16);
    private static final Map<Integer, Integer> OF_SERIES_D =
            Map.of(3, 4, 4, 8, 5, 16, 11, 2, 12, 4, 13, 8, 14, 16, 15, 20);
    private static final Map<Integer, Integer> OF_SERIES_G = Map.of(1, 2, 2, 4, 3, 8, 4, 16, 5, 32);

    /** How many processors it has by its name; 1 when that has no number. */
    public int cores() {
        String size = name.toLowerCase(Locale.ROOT);
        Map<Pattern, Map<Integer, Integer>> before =
                Map.of(SERIES_A, OF_SERIES_A, SERIES_D, OF_SERIES_D, SERIES_G, OF_SERIES_G);
        for (Map.Entry<Pattern, Map<Integer, Integer>> series : before.entrySet()) {
            Matcher matcher = series.getKey().matcher(size);
            if (matcher.matches()) {
                int place = number(matcher.group("place"));
                return series.getValue().getOrDefault(place, Math.max(1, place));
            }
        }
        Matcher matcher = CONVENTION.matcher(size);
        if (!matcher.matches()) {
            return 1;
        }
        String fewer = matcher.group("fewer");
        return Math.max(1, number(fewer == null ? matcher.group("all") : fewer));
    }

    /** Names that nobody has end somewhere. */
    private static int number(String digits) {
        return digits.length() > 4 ? 1 : Integer.parseInt(digits);
    }
}
