package io.twinbatch.task;

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

    private long[] spaces;
    private long[] letters;
    private byte[] invalid;
    private boolean anyInvalid;

    /** Where the last sequence that was looked at one byte at a time ends. */
    private int sequenceEnd;

    /** Where bytes not read yet follow; -1 if there are none. */
    private int open;

    private int spacesInEight;
    private int lettersInEight;
    private int spacesBeyond;
    private int lettersBeyond;

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

    /** Maps all bytes of a buffer. A sequence that is cut off at its end may go on in bytes not read yet. */
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
            long spaceByte = gather(~graphic);
            long letterByte = gather(alphanumeric);
            if ((odd & HIGH) != 0) {
                if ((odd & ~eight & HIGH) == 0 && areLetters(bytes, at, eight)) {
                    spaceByte = gather(~graphic & ~eight);
                    letterByte = gather(alphanumeric | eight);
                } else {
                    classifyOneByOne(bytes, at);
                    spaceByte = spacesInEight;
                    letterByte = lettersInEight;
                }
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
     * Whether all that is not ASCII in eight bytes is part of valid sequences of two or three bytes that are no white
     * space: those with a first byte from c3 to df, or from e4 to ec, which most scripts keep to.
     */
    private boolean areLetters(byte[] bytes, int at, long eight) {
        int covered = Math.max(0, sequenceEnd - at);
        if (covered > 0 && spacesBeyond != 0) {
            return false;
        }
        long leads = eight & (eight << 1) & HIGH;
        long threes = leads & (eight << 2) & ~(eight << 3);
        long twos = leads & ~(eight << 2);
        long lowest = eight & FOUR_BITS;
        long good = (twos & atLeast(eight & FIVE_BITS, 3)) | (threes & atLeast(lowest, 4) & ~atLeast(lowest, 0x0d));
        long expected = (leads << 8) | (threes << 16) | (HIGH & ~(-1L << (covered << 3)));
        if (leads != good || (eight & HIGH & ~leads) != expected) {
            return false;
        }
        int beyond = (int) ((leads >>> 63) + (threes >>> 63) + ((threes >>> 55) & 1));
        for (int next = at + 8; next < at + 8 + beyond; next++) {
            if ((bytes[next] & 0xc0) != 0x80) {
                return false;
            }
        }
        sequenceEnd = at + 8 + beyond;
        spacesBeyond = 0;
        lettersBeyond = (1 << beyond) - 1;
        return true;
    }

    /** Eight bytes, and the rest of a sequence that begins in them. */
    private void classifyOneByOne(byte[] bytes, int from) {
        boolean continued = sequenceEnd > from;
        int spaceBits = continued ? spacesBeyond : 0;
        int letterBits = continued ? lettersBeyond : 0;
        int at = continued ? sequenceEnd : from;
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
            int bits = ((1 << length) - 1) << (at - from);
            if (kind == ByteKind.SPACE) {
                spaceBits |= bits;
            } else if (kind != ByteKind.PUNCTUATION) {
                letterBits |= bits;
            }
            at += length;
        }
        spacesInEight = spaceBits & 0xff;
        lettersInEight = letterBits & 0xff;
        sequenceEnd = at;
        spacesBeyond = spaceBits >>> 8;
        lettersBeyond = letterBits >>> 8;
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
        sequenceEnd = 0;
    }

    private void allocate(int textBytes) {
        int size = (textBytes >>> 6) + 4;
        spaces = new long[size];
        letters = new long[size];
        invalid = new byte[size << 3];
    }
}
