package io.twinbatch.task.count;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What each byte of a buffer is, as maps with a bit per byte, the lowest bit first: which bytes are white space, and
 * which are neither that nor ASCII punctuation. With such maps words are found without a look at every byte, and with
 * hardly a branch that the processor could guess wrong.
 *
 * <p>ASCII text is classified eight bytes at a time, by arithmetic on all of them at once in which no byte's carry
 * reaches the next.
 */
final class TextMap {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = ONES << 7;
    private static final long LOW = 0x7f * ONES;
    private static final long CASE = 0x20 * ONES;
    private static final long FOUR_BITS = 0x0f * ONES;
    private static final long FIVE_BITS = 0x1f * ONES;
    /** Multiplied with the lowest bits of eight bytes, it brings them together in the highest byte. */
    private static final long GATHER = 0x0102_0408_1020_4080L;
    /** Expected when a white space character continues in the next eight bytes: no high bit, so nothing fulfils it. */
    private static final long SLOWLY = 1;

    private long[] spaces;
    private long[] letters;
    private byte[] invalid;
    private boolean anyInvalid;

    /** The high bits of those bytes of the next eight that must continue a sequence; {@link #SLOWLY} at times. */
    private long awaited;

    /** Where bytes not read yet follow; -1 if there are none. */
    private int open;

    private int spacesInEight;
    private int lettersInEight;

    TextMap() {
        allocate(0);
    }

    /** The map of white space. Behind the text all is white space, for 64 bytes at least. */
    long[] spaces() {
        return spaces;
    }

    /** The map of what is neither white space nor ASCII punctuation. */
    long[] letters() {
        return letters;
    }

    /** Whether all bytes are UTF-8. */
    boolean isValid() {
        return !anyInvalid;
    }

    /** Whether some byte from {@code from} to before {@code to} begins something that is not UTF-8. */
    boolean hasInvalid(int from, int to) {
        for (int at = from; at < to; at++) {
            if ((invalid[at >>> 3] & (1 << (at & 7))) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Maps all bytes of a buffer. A sequence that is cut off at its end may continue in bytes not read yet. */
    void classify(InputBuffer buffer) {
        int end = buffer.end();
        prepare(end);
        open = buffer.isLast() ? -1 : end;
        ByteBuffer text = buffer.longs();
        byte[] bytes = buffer.bytes();
        int last = end >>> 6;
        // The last 64 bytes go beyond the text, where there are spaces enough.
        for (int index = 0; index <= last; index++) {
            classify64(text, bytes, index);
        }
        spaces[last + 1] = -1;
        letters[last + 1] = 0;
    }

    /** A method of its own because a short one that is called often is sooner compiled, and only once. */
    private void classify64(ByteBuffer text, byte[] bytes, int index) {
        long spaceBits = 0;
        long letterBits = 0;
        int from = index << 6;
        for (int at = from; at < from + 64; at += 8) {
            long eight = text.getLong(at);
            long low = eight & LOW;
            long folded = low | CASE;
            long alphanumeric =
                    (atLeast(folded, 'a') & ~atLeast(folded, '{')) | (atLeast(low, '0') & ~atLeast(low, ':'));
            long graphic = atLeast(low, '!');
            long control = ~atLeast(low, ' ');
            long controlSpace = (atLeast(low, '\t') & ~atLeast(low, 0x0e)) | (atLeast(low, 0x1c) & control);
            long odd = eight | atLeast(low, 0x7f) | (control & ~controlSpace);
            long spaceByte = gather(~(graphic | eight));
            long letterByte = gather(alphanumeric | eight);
            if (((odd & HIGH) | awaited) != 0 && ((odd & ~eight & HIGH) != 0 || !areLetters(bytes, at, eight))) {
                classifyOneByOne(bytes, at);
                spaceByte = spacesInEight;
                letterByte = lettersInEight;
            }
            spaceBits = spaceBits >>> 8 | spaceByte << 56;
            letterBits = letterBits >>> 8 | letterByte << 56;
        }
        spaces[index] = spaceBits;
        letters[index] = letterBits;
    }

    /** The high bit of each byte that is at least this; the bytes are below 0x80. */
    private static long atLeast(long bytes, int least) {
        return bytes + (0x80 - least) * ONES;
    }

    private static long gather(long highBits) {
        return (((highBits & HIGH) >>> 7) * GATHER) >>> 56;
    }

    /**
     * Whether all that is not ASCII in eight bytes is part of valid sequences that are no white space, as far as these
     * bytes show; if so, how the next eight must continue is stored. The sequences with a first byte from c3 to df,
     * from e4 to ec, ee or ef, which most scripts keep to, are valid and no white space if only their lengths are right.
     */
    private boolean areLetters(byte[] bytes, int at, long eight) {
        long leads = eight & (eight << 1) & HIGH;
        long threes = leads & (eight << 2);
        long fours = threes & (eight << 3);
        long due = awaited | (leads << 8) | (threes << 16) | (fours << 24);
        if ((eight & HIGH & ~leads) != due) {
            return false;
        }
        long plain = leads & ~threes & atLeast(eight & FIVE_BITS, 3);
        if (threes != 0) {
            long lowest = eight & FOUR_BITS;
            plain |= threes & ~fours & atLeast(lowest, 4) & (~atLeast(lowest, 0x0d) | atLeast(lowest, 0x0e));
        }
        for (long others = leads & ~plain; others != 0; others &= others - 1) {
            int lead = at + (Long.numberOfTrailingZeros(others) >>> 3);
            if (Utf8.measure(bytes, lead) < 0 || Utf8.isSpace(bytes, lead)) {
                return false;
            }
        }
        awaited = (leads >>> 56) | (threes >>> 48) | (fours >>> 40);
        return true;
    }

    /** Eight bytes, and the whole of a sequence that began before them or continues after them. */
    private void classifyOneByOne(byte[] bytes, int from) {
        int start = from;
        if (awaited != 0) {
            start--;
            while ((bytes[start] & 0xc0) == 0x80) {
                start--;
            }
        }
        int spaceBits = 0;
        int letterBits = 0;
        int at = start;
        while (at < from + 8) {
            byte kind = ByteKind.of(bytes[at]);
            int length = 1;
            if (kind == ByteKind.HIGH) {
                int measured = Utf8.measure(bytes, at);
                length = Math.abs(measured);
                if (measured < 0) {
                    markInvalid(at, length);
                } else if (Utf8.isSpace(bytes, at)) {
                    kind = ByteKind.SPACE;
                }
            }
            int bits = ((1 << length) - 1) << (at - start);
            if (kind == ByteKind.SPACE) {
                spaceBits |= bits;
            } else if (kind != ByteKind.PUNCTUATION) {
                letterBits |= bits;
            }
            at += length;
        }
        spacesInEight = (spaceBits >>> (from - start)) & 0xff;
        lettersInEight = (letterBits >>> (from - start)) & 0xff;
        int beyond = at - from - 8;
        awaited = spaceBits >>> (from + 8 - start) != 0 ? SLOWLY : HIGH & ~(-1L << (beyond << 3));
    }

    private void markInvalid(int at, int length) {
        if (at + length == open) {
            return;
        }
        anyInvalid = true;
        invalid[at >>> 3] |= (byte) (1 << (at & 7));
    }

    private void prepare(int end) {
        if (end >>> 6 > spaces.length - 3) {
            allocate(end);
        }
        if (anyInvalid) {
            Arrays.fill(invalid, (byte) 0);
            anyInvalid = false;
        }
        awaited = 0;
    }

    private void allocate(int textBytes) {
        int size = (textBytes >>> 6) + 4;
        spaces = new long[size];
        letters = new long[size];
        invalid = new byte[size << 3];
    }
}
