package io.twinbatch.task.count;

import java.nio.ByteBuffer;

/**
 * Cuts UTF-8 text into words and counts them: split at white space, ASCII punctuation cut off at both ends, case kept,
 * the empty word dropped. What is between two white spaces is called a token here.
 */
final class WordScanner {
    private static final long[] HEAD_MASKS = masks(0);
    private static final long[] TAIL_MASKS = masks(8);

    private final WordTable words;
    private final WordBatch batch;
    private final TextMap map = new TextMap();
    private byte[] repaired = new byte[64];

    WordScanner(WordTable words) {
        this.words = words;
        this.batch = new WordBatch(words);
    }

    /**
     * Counts the words that end in the buffer.
     *
     * @return where the unfinished token begins, or the buffer's end when there is none
     */
    int scan(InputBuffer buffer) {
        map.classify(buffer);
        batch.setText(buffer.longs());
        int end = buffer.end();
        // A token that reaches the end may continue in bytes not read yet.
        int open = buffer.isLast() ? end + 1 : end;
        int at = gather(buffer.longs(), 0, end, open);
        while (at < end) {
            if (batch.isFull()) {
                batch.flush();
            } else {
                int stop = nextSpace(map.spaces(), at);
                if (stop >= open) {
                    break;
                }
                addToken(buffer, at, stop);
                at = stop;
            }
            at = gather(buffer.longs(), at, end, open);
        }
        batch.flush();
        return at;
    }

    /**
     * Gathers the words of ordinary tokens: whole, valid, and of 63 bytes at most. Kept small, because it is the first
     * thing that Java has to compile well.
     *
     * @return the end, or where the batch was full, or where a token begins that is not ordinary
     */
    private int gather(ByteBuffer text, int from, int end, int open) {
        long[] spaces = map.spaces();
        long[] letters = map.letters();
        boolean valid = map.isValid();
        int at = from;
        while (at < end && !batch.isFull()) {
            long lettersAhead = bits(letters, at);
            if (lettersAhead == 0) {
                at += 64;
                continue;
            }
            int skipped = Long.numberOfTrailingZeros(lettersAhead);
            int tokenLength = Long.numberOfTrailingZeros(bits(spaces, at) >>> skipped);
            at += skipped;
            int stop = at + tokenLength;
            if (tokenLength == 64 || stop >= open || (!valid && map.hasInvalid(at, stop))) {
                if (skipped == 0) {
                    return at;
                }
                // Perhaps its end was only too far ahead.
                continue;
            }
            long inside = (lettersAhead >>> skipped) & ~(-1L << tokenLength);
            int length = 64 - Long.numberOfLeadingZeros(inside);
            if (length > WordTable.INLINE_BYTES) {
                batch.addLong(at, length);
            } else {
                batch.add(text.getLong(at) & HEAD_MASKS[length], text.getLong(at + 8) & TAIL_MASKS[length], length);
            }
            at = stop;
        }
        return Math.min(at, end);
    }

    /** The next 64 bits of a map. */
    private static long bits(long[] map, int at) {
        int index = at >>> 6;
        return (map[index] >>> at) | (map[index + 1] << 1 << ~at);
    }

    private static int nextSpace(long[] spaces, int from) {
        int at = from;
        long ahead = bits(spaces, at);
        while (ahead == 0) {
            at += 64;
            ahead = bits(spaces, at);
        }
        return at + Long.numberOfTrailingZeros(ahead);
    }

    /** Counts the word in a token that is long, or in a text that is not valid. */
    private void addToken(InputBuffer buffer, int from, int to) {
        byte[] bytes = buffer.bytes();
        int end = to;
        // The first byte is no punctuation, so something always remains.
        while (ByteKind.of(bytes[end - 1]) == ByteKind.PUNCTUATION) {
            end--;
        }
        int length = end - from;
        if (map.isValid() || !map.hasInvalid(from, end)) {
            batch.add(from, length);
        } else {
            addRepaired(bytes, from, end);
        }
    }

    private void addRepaired(byte[] bytes, int from, int to) {
        long room = 3L * (to - from) + 8;
        if (room > Integer.MAX_VALUE - 64) {
            throw new OutOfMemoryError("a single word of more than 2 GB");
        }
        if (room > repaired.length) {
            repaired = new byte[(int) room];
        }
        batch.flush();
        words.add(WordRests.view(repaired), 0, Utf8.repair(bytes, from, to, repaired), 1);
    }

    /** For words of 0 to 16 bytes, the mask of the eight bytes from {@code from} on that are the word's. */
    private static long[] masks(int from) {
        long[] masks = new long[WordTable.INLINE_BYTES + 1];
        for (int length = from + 1; length < masks.length; length++) {
            masks[length] = WordTable.firstBytes(Math.min(8, length - from));
        }
        return masks;
    }
}
