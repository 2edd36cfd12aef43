package io.twinbatch.task.count;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What long words have behind their first eight bytes, packed into little-endian numbers of eight bytes, the last one
 * filled up with zeros. Kept in chunks, so that growing copies nothing and the whole may be larger than one array.
 */
final class WordRests {
    private static final int FIRST_CHUNK = 1 << 11;
    private static final int MAX_CHUNK_BYTES = 1 << 16;

    private long[][] chunks = {new long[FIRST_CHUNK]};
    private int chunk;
    private int used;

    /** Keeps a copy and says where: the chunk's number in the upper half, the index in it in the lower half. */
    long keep(ByteBuffer text, int from, int length) {
        int needed = (int) ((length + 7L) >>> 3);
        if (needed > chunks[chunk].length - used) {
            addChunk(needed);
        }
        long[] target = chunks[chunk];
        long where = ((long) chunk << 32) | used;
        int whole = length >>> 3;
        for (int index = 0; index < whole; index++) {
            target[used + index] = text.getLong(from + (index << 3));
        }
        if (needed > whole) {
            target[used + whole] = text.getLong(from + (whole << 3)) & WordTable.firstBytes(length & 7);
        }
        used += needed;
        return where;
    }

    /** Whether the text equals what is kept at {@code where}, which is of the same length. */
    boolean matches(long where, ByteBuffer text, int from, int length) {
        long[] kept = chunks[(int) (where >>> 32)];
        int index = (int) where;
        int at = from;
        int end = from + length;
        while (end - at >= 8) {
            if (kept[index] != text.getLong(at)) {
                return false;
            }
            index++;
            at += 8;
        }
        return at == end || kept[index] == (text.getLong(at) & WordTable.firstBytes(end - at));
    }

    /** Writes what is kept at {@code where} to {@code target[from..to)}. */
    void copy(long where, byte[] target, int from, int to) {
        long[] kept = chunks[(int) (where >>> 32)];
        int index = (int) where;
        for (int at = from; at < to; at += 8) {
            unpack(kept[index], target, at, to);
            index++;
        }
    }

    /** Forgets everything. */
    void clear() {
        long[] first = chunks[0];
        chunks = new long[][] {first};
        chunk = 0;
        used = 0;
    }

    /** Writes the first bytes of a little-endian number to {@code target[from..to)}, eight at most. */
    static void unpack(long packed, byte[] target, int from, int to) {
        long rest = packed;
        int end = Math.min(to, from + 8);
        for (int at = from; at < end; at++) {
            target[at] = (byte) rest;
            rest >>>= 8;
        }
    }

    /** The bytes as a source of little-endian numbers. */
    static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void addChunk(int needed) {
        int usual = Math.min(MAX_CHUNK_BYTES, chunks[chunk].length << 1);
        long[] added = new long[Math.max(usual, needed)];
        if (chunk + 1 == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length << 1);
        }
        chunk++;
        chunks[chunk] = added;
        used = 0;
    }
}
