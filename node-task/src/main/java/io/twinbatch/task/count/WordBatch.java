package io.twinbatch.task.count;

import java.nio.ByteBuffer;

/**
 * Words on their way into a table. The table is larger than the processor's caches, and a look-up has to wait for the
 * memory; so words are gathered, and looked up many at a time, which lets the processor wait for many at once.
 */
final class WordBatch {
    /** How many words are gathered at most. */
    static final int CAPACITY = 128;

    private final WordTable words;
    private final long[] heads = new long[CAPACITY];
    private final long[] tails = new long[CAPACITY];
    private final long[] signs = new long[CAPACITY];
    private ByteBuffer text;
    private int size;

    WordBatch(WordTable words) {
        this.words = words;
    }

    /** Says where the words to come lie; they have to stay there until {@link #flush}. */
    void setText(ByteBuffer text) {
        this.text = text;
    }

    /** Whether there is no room for a further word. */
    boolean isFull() {
        return size == CAPACITY;
    }

    /** Counts a word of 1 to 16 bytes, given as two little-endian numbers. There has to be room. */
    void add(long head, long tail, int length) {
        put(head, tail, WordTable.sign(head, tail, length));
    }

    /** Counts a word of any length. There has to be room. */
    void add(int from, int length) {
        if (length > WordTable.INLINE_BYTES) {
            addLong(from, length);
            return;
        }
        long head = text.getLong(from);
        if (length > 8) {
            add(head, text.getLong(from + 8) & WordTable.firstBytes(length - 8), length);
        } else {
            add(head & WordTable.firstBytes(length), 0, length);
        }
    }

    /** Counts a word of 17 bytes or more. There has to be room. */
    void addLong(int from, int length) {
        put(text.getLong(from), from, WordTable.longSign(text, from, length));
    }

    /** Brings the words gathered so far into the table. */
    void flush() {
        words.addAll(heads, tails, signs, size, text);
        size = 0;
    }

    private void put(long head, long tail, long sign) {
        int at = size;
        heads[at] = head;
        tails[at] = tail;
        signs[at] = sign;
        size = at + 1;
    }
}
