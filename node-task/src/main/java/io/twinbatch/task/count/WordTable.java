package io.twinbatch.task.count;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Words and how often each was seen, in the order in which they were first seen.
 *
 * <p>A hash table with open addressing over the words' bytes. An entry is four numbers that lie together:
 *
 * <ul>
 *   <li>the head: the word's first eight bytes, little-endian, with zeros behind a shorter word
 *   <li>the count
 *   <li>the tail: the bytes from the ninth on in the same way if there are no more than 16, else where they are kept
 *   <li>the sign: half of the word's hash, and its length in the lower half
 * </ul>
 *
 * So nearly every word costs one look at a slot and one at an entry, and no object exists per word.
 */
public final class WordTable {
    /** Bytes of a word that its entry holds itself, if there are no more of them. */
    static final int INLINE_BYTES = 16;

    private static final int HEAD_BYTES = 8;
    private static final int FIELDS_SHIFT = 2;
    private static final int COUNT = 1;
    private static final int TAIL = 2;
    private static final int SIGN = 3;

    private static final int FIRST_SLOTS = 1 << 13;
    private static final int MAX_SLOTS = 1 << 30;
    private static final int MAX_ENTRIES = (1 << 29) - 3;
    /** A table that has grown beyond this is not kept for the next file: emptying it would cost too much. */
    private static final int MAX_KEPT_SLOTS = 1 << 18;

    private static final long LENGTH_MASK = 0xffff_ffffL;
    private static final long MIX_1 = 0x9e37_79b9_7f4a_7c15L;
    private static final long MIX_2 = 0xd6e8_feb8_6659_fd93L;
    private static final long MIX_3 = 0xc2b2_ae3d_27d4_eb4fL;

    private final WordRests rests = new WordRests();
    private int[] slots;
    private int shift;
    private long[] entries;
    private int size;
    private long total;
    private final int[] found = new int[WordBatch.CAPACITY];

    public WordTable() {
        allocate();
    }

    /** The number of distinct words. They are numbered 1 to this, in the order in which they were first seen. */
    public int size() {
        return size;
    }

    /** All counts together. */
    public long total() {
        return total;
    }

    /** How often the word with this number was seen. */
    public long count(int word) {
        return entries[(word << FIELDS_SHIFT) + COUNT];
    }

    /** The length of the word with this number, in bytes. */
    int length(int word) {
        return (int) entries[(word << FIELDS_SHIFT) + SIGN];
    }

    /** Writes the bytes of the word with this number to the front of the target, which has room for them. */
    void copyWord(int word, byte[] target) {
        int at = word << FIELDS_SHIFT;
        int length = length(word);
        WordRests.unpack(entries[at], target, 0, length);
        if (length > INLINE_BYTES) {
            rests.copy(entries[at + TAIL], target, HEAD_BYTES, length);
        } else if (length > HEAD_BYTES) {
            WordRests.unpack(entries[at + TAIL], target, HEAD_BYTES, length);
        }
    }

    /**
     * Counts a word.
     *
     * @param text holds the word's bytes, little-endian, and at least eight bytes more behind them
     * @param times how often it was seen, 1 or more
     */
    void add(ByteBuffer text, int from, int length, long times) {
        long head = text.getLong(from);
        if (length > INLINE_BYTES) {
            add(head, from, longSign(text, from, length), text, times);
            return;
        }
        if (length <= HEAD_BYTES) {
            head &= firstBytes(length);
        }
        long tail = length <= HEAD_BYTES ? 0 : text.getLong(from + HEAD_BYTES) & firstBytes(length - HEAD_BYTES);
        add(head, tail, sign(head, tail, length), text, times);
    }

    /**
     * Counts words once each, in their order.
     *
     * @param heads their heads
     * @param tails their tails; for words of more than 16 bytes, where in the text they begin
     * @param signs their signs
     * @param number how many they are
     */
    public void addAll(long[] heads, long[] tails, long[] signs, int number, ByteBuffer text) {
        // No load here waits for another word's, so many of them are under way at once.
        for (int index = 0; index < number; index++) {
            found[index] = slots[(int) (signs[index] >>> shift)];
        }
        long hits = 0;
        for (int index = 0; index < number; index++) {
            long tail = tails[index];
            long sign = signs[index];
            int at = found[index] << FIELDS_SHIFT;
            // What was found may be another word, or none, but an entry stays what it is while others are added.
            if (entries[at] == heads[index] && entries[at + SIGN] == sign && tailMatches(at, tail, sign, text)) {
                entries[at + COUNT]++;
                hits++;
            } else {
                add(heads[index], tail, sign, text, 1);
            }
        }
        total += hits;
    }

    /** Counts all words of another table, in its order. */
    public void addAll(WordTable other) {
        byte[] word = new byte[64];
        ByteBuffer text = WordRests.view(word);
        for (int number = 1; number <= other.size; number++) {
            int length = other.length(number);
            if (length > word.length - HEAD_BYTES) {
                word = new byte[Math.addExact(length, length / 2 + HEAD_BYTES)];
                text = WordRests.view(word);
            }
            other.copyWord(number, word);
            add(text, 0, length, other.count(number));
        }
    }

    /** Forgets all words. */
    public void clear() {
        rests.clear();
        size = 0;
        total = 0;
        if (slots.length > MAX_KEPT_SLOTS) {
            allocate();
            return;
        }
        Arrays.fill(slots, 0);
    }

    /** The mask that keeps the first bytes of a little-endian number, for 1 to 8 bytes. */
    static long firstBytes(int length) {
        return -1L >>> (64 - (length << 3));
    }

    /** The sign of a word of 16 bytes or fewer. */
    static long sign(long head, long tail, int length) {
        long mixed = ((head + length) * MIX_1) ^ (tail * MIX_3);
        return (((mixed ^ (mixed >>> 32)) * MIX_2) & ~LENGTH_MASK) | length;
    }

    /** The sign of a longer word. */
    static long longSign(ByteBuffer text, int from, int length) {
        long mixed = length;
        int at = from;
        int end = from + length;
        while (end - at >= 8) {
            mixed = mix(mixed ^ text.getLong(at));
            at += 8;
        }
        if (at < end) {
            mixed = mix(mixed ^ (text.getLong(at) & firstBytes(end - at)));
        }
        return (mixed & ~LENGTH_MASK) | length;
    }

    private static long mix(long value) {
        long mixed = value * MIX_1;
        return (mixed ^ (mixed >>> 32)) * MIX_2;
    }

    private void add(long head, long tail, long sign, ByteBuffer text, long times) {
        int slot = (int) (sign >>> shift);
        int mask = slots.length - 1;
        for (int word = slots[slot]; word != 0; word = slots[slot]) {
            int at = word << FIELDS_SHIFT;
            if (entries[at] == head && entries[at + SIGN] == sign && tailMatches(at, tail, sign, text)) {
                entries[at + COUNT] += times;
                total += times;
                return;
            }
            slot = (slot + 1) & mask;
        }
        insert(slot, head, tail, sign, text, times);
    }

    private boolean tailMatches(int at, long tail, long sign, ByteBuffer text) {
        int length = (int) sign;
        if (length <= INLINE_BYTES) {
            return entries[at + TAIL] == tail;
        }
        return rests.matches(entries[at + TAIL], text, (int) tail + HEAD_BYTES, length - HEAD_BYTES);
    }

    private void insert(int slot, long head, long tail, long sign, ByteBuffer text, long times) {
        if (size == MAX_ENTRIES) {
            throw new OutOfMemoryError("more than " + MAX_ENTRIES + " distinct words");
        }
        if ((size + 2) << FIELDS_SHIFT > entries.length) {
            int wanted = (int) Math.min(2L * entries.length, (MAX_ENTRIES + 2L) << FIELDS_SHIFT);
            entries = Arrays.copyOf(entries, wanted);
        }
        int length = (int) sign;
        boolean inline = length <= INLINE_BYTES;
        long kept = inline ? tail : rests.keep(text, (int) tail + HEAD_BYTES, length - HEAD_BYTES);
        size++;
        int at = size << FIELDS_SHIFT;
        entries[at] = head;
        entries[at + COUNT] = times;
        entries[at + TAIL] = kept;
        entries[at + SIGN] = sign;
        slots[slot] = size;
        total += times;
        if (size > slots.length >> 1 && slots.length < MAX_SLOTS) {
            growSlots();
        }
    }

    private void growSlots() {
        slots = new int[slots.length << 1];
        shift--;
        int mask = slots.length - 1;
        for (int word = 1; word <= size; word++) {
            int slot = (int) (entries[(word << FIELDS_SHIFT) + SIGN] >>> shift);
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = word;
        }
    }

    private void allocate() {
        slots = new int[FIRST_SLOTS];
        shift = 64 - Integer.numberOfTrailingZeros(FIRST_SLOTS);
        entries = new long[FIRST_SLOTS << 1];
    }
}
