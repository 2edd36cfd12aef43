package io.twinbatch.task;

import java.nio.ByteBuffer;

/**
 * Cuts UTF-8 text into words and counts them: split at white space, ASCII punctuation cut off at both ends, case kept,
 * the empty word dropped. What is between two white spaces is called a token here.
 *
 * <p>Text is looked at eight bytes at a time, since most words are no longer than that.
 */
final class WordScanner {
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long FIRST_GRAPHIC = 0x2121_2121_2121_2121L;

    private final WordTable words;
    private final WordBatch batch;
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
        batch.setText(buffer.longs());
        int rest = gather(buffer);
        batch.flush();
        return rest;
    }

    private int gather(InputBuffer buffer) {
        byte[] bytes = buffer.bytes();
        ByteBuffer longs = buffer.longs();
        // A token that reaches the end may go on in bytes not read yet.
        int open = buffer.isLast() ? buffer.end() + 1 : buffer.end();
        int end = buffer.end();
        int at = 0;
        while (true) {
            while (at < end && ByteKind.of(bytes[at]) <= ByteKind.PUNCTUATION) {
                at++;
            }
            if (at >= end) {
                return end;
            }
            long head = longs.getLong(at);
            long stops = stops(head);
            int stop = at + (Long.numberOfTrailingZeros(stops) >>> 3);
            if (stops != 0 && ByteKind.of(bytes[stop]) == ByteKind.SPACE) {
                if (stop >= open) {
                    return at;
                }
                int length = trimmed(bytes, at, stop) - at;
                batch.add(head & WordTable.firstBytes(length), 0, length);
                at = stop;
                continue;
            }
            stop = tokenEnd(bytes, longs, at);
            boolean valid = stop >= 0;
            stop = valid ? stop : ~stop;
            if (stop >= open) {
                return at;
            }
            if (stop > at) {
                addToken(bytes, at, stop, valid);
                at = stop;
            } else {
                at += Utf8.measure(bytes, at);
            }
        }
    }

    /** The high bit of the lowest byte that is below '!' or not ASCII; the bits above that one mean nothing. */
    private static long stops(long loaded) {
        return ((loaded - FIRST_GRAPHIC) | loaded) & HIGH_BITS;
    }

    /** Where the token that begins here ends; the complement of it if the token has invalid bytes. */
    private static int tokenEnd(byte[] bytes, ByteBuffer longs, int from) {
        boolean valid = true;
        int at = from;
        while (true) {
            long stops = stops(longs.getLong(at));
            if (stops == 0) {
                at += 8;
                continue;
            }
            at += Long.numberOfTrailingZeros(stops) >>> 3;
            byte kind = ByteKind.of(bytes[at]);
            if (kind == ByteKind.WORD) {
                at++;
                continue;
            }
            while (kind == ByteKind.HIGH) {
                int size = Utf8.measure(bytes, at);
                if (size > 0 && Utf8.isSpace(bytes, at)) {
                    kind = ByteKind.SPACE;
                } else {
                    valid &= size > 0;
                    at += Math.abs(size);
                    kind = ByteKind.of(bytes[at]);
                }
            }
            if (kind == ByteKind.SPACE) {
                return valid ? at : ~at;
            }
        }
    }

    private void addToken(byte[] bytes, int from, int to, boolean valid) {
        int end = trimmed(bytes, from, to);
        if (valid) {
            batch.add(from, end - from);
            return;
        }
        long room = 3L * (end - from) + 8;
        if (room > Integer.MAX_VALUE - 64) {
            throw new OutOfMemoryError("a single word of more than 2 GB");
        }
        if (room > repaired.length) {
            repaired = new byte[(int) room];
        }
        int length = Utf8.repair(bytes, from, end, repaired);
        batch.flush();
        words.add(WordRests.view(repaired), 0, length, 1);
    }

    /** Cuts punctuation off at the end. The first byte is none, so something always remains. */
    private static int trimmed(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && ByteKind.of(bytes[end - 1]) == ByteKind.PUNCTUATION) {
            end--;
        }
        return end;
    }
}
