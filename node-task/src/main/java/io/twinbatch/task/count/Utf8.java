package io.twinbatch.task.count;

/**
 * UTF-8 beyond ASCII, read as Python's decoder reads it with {@code errors='replace'}: each longest run of bytes that
 * could have begun a valid sequence, or else the single byte, becomes one U+FFFD.
 */
final class Utf8 {
    private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

    private Utf8() {}

    /**
     * Measures what begins at {@code at} with a byte that is not ASCII. Looks up to three bytes ahead, so the array has
     * to continue beyond the text with bytes that continue no sequence.
     *
     * @return the length of the valid sequence there, or minus the number of bytes that one U+FFFD stands for
     */
    static int measure(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0xc2 || lead > 0xf4 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (length == 1) {
            return -1;
        }
        int second = bytes[at + 1] & 0xff;
        if (second < lowestSecond(lead) || second > highestSecond(lead)) {
            return -1;
        }
        for (int seen = 2; seen < length; seen++) {
            if ((bytes[at + seen] & 0xc0) != 0x80) {
                return -seen;
            }
        }
        return length;
    }

    /** Whether the valid sequence at {@code at} is one of the white space characters beyond ASCII. */
    static boolean isSpace(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        if (lead == 0xc2) {
            return second == 0x85 || second == 0xa0;
        }
        if (lead < 0xe1 || lead > 0xe3) {
            return false;
        }
        int third = bytes[at + 2] & 0xff;
        return switch (lead << 8 | second) {
            case 0xe19a, 0xe380 -> third == 0x80;
            case 0xe280 -> third <= 0x8a || third == 0xa8 || third == 0xa9 || third == 0xaf;
            case 0xe281 -> third == 0x9f;
            default -> false;
        };
    }

    /**
     * Copies text and puts U+FFFD in the place of what is not valid.
     *
     * @param target where the copy goes, from index 0: three times as long as the text suffices
     * @return the length of the copy
     */
    static int repair(byte[] bytes, int from, int to, byte[] target) {
        int length = 0;
        int at = from;
        while (at < to) {
            int size = bytes[at] >= 0 ? 1 : measure(bytes, at);
            // The bytes behind the word are not the word's: punctuation has been cut off, and never continues a
            // sequence.
            int used = Math.abs(size);
            byte[] source = size > 0 ? bytes : REPLACEMENT;
            int start = size > 0 ? at : 0;
            int copied = size > 0 ? used : REPLACEMENT.length;
            System.arraycopy(source, start, target, length, copied);
            length += copied;
            at += used;
        }
        return length;
    }

    private static int lowestSecond(int lead) {
        return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    }

    private static int highestSecond(int lead) {
        return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    }
}
