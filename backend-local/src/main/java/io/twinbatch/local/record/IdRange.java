package io.twinbatch.local.record;

import java.util.OptionalInt;

/**
 * Tasks whose ids are numbers, from one to another.
 *
 * @param first the first number
 * @param last the last number
 */
public record IdRange(int first, int last) {
    private static final int MAX_DIGITS = 10;

    /** How many tasks it names. */
    public long size() {
        return (long) last - first + 1;
    }

    /** Whether a number is in it. */
    public boolean contains(int number) {
        return first <= number && number <= last;
    }

    /** The number that an id is, leading zeros ignored; empty for any other id. */
    public static OptionalInt number(String id) {
        String digits = id.replaceFirst("^0+(?=.)", "");
        boolean isNumber = digits.length() <= MAX_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            return OptionalInt.empty();
        }
        long value = Long.parseLong(digits);
        return value <= Integer.MAX_VALUE ? OptionalInt.of((int) value) : OptionalInt.empty();
    }
}
