package io.twinbatch.task;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Words and how often each was seen, in the order in which they were first seen.
 *
 * <p>A hash table with open addressing over the words' bytes. An entry is four numbers that lie together: the first
 * eight bytes of the word (the whole word, mostly), its count, where the rest of it is kept, and half of its hash
 * together with its length. So a common word costs one look at a slot and one at an entry, and no object exists per
 * word.
 */
final class WordTable {
    /** Bytes that one entry's first field holds. */
    static final int PREFIX_BYTES = 8;

    private static final int FIELDS_SHIFT = 2;
    private static final int COUNT = 1;
    private static final int REST = 2;
    private static final int SIGN = 3;

    private static final int FIRST_SLOTS = 1 << 13;
    private static final int LARGEST_ENTRIES = (1 << 29) - 3;
    /** A table that has grown beyond this is not kept for the next file: emptying it would cost too much. */
    private static final int LARGEST_KEPT_SLOTS = 1 << 18;

    private static final long LENGTH_MASK = 0xffff_ffffL;
    private static final long MIX_1 = 0x9e37_79b9_7f4a_7c15L;
    private static final long MIX_2 = 0xd6e8_feb8_6659_fd93L;

    private final WordRests rests = new WordRests();
    private int[] slots;
    private int shift;
    private long[] entries;
    private int size;
    private long total;

    WordTable() {
        allocate();
    }

    /** The number of distinct words. They are numbered 1 to this, in the order in which they were first seen. */
    int size() {
        return size;
    }

    /** All counts together. */
    long total() {
        return total;
    }

    /** How often the word with this number was seen. */
    long count(int word) {
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
        if (length > PREFIX_BYTES) {
            rests.copy(entries[at + REST], target, PREFIX_BYTES, length);
        }
    }

    /**
     * Counts a word.
     *
     * @param text holds the word's bytes, little-endian, and at least eight bytes more behind them
     * @param times how often it was seen, 1 or more
     */
    void add(ByteBuffer text, int from, int length, long times) {
        if (length <= PREFIX_BYTES) {
            addShort(text.getLong(from) & firstBytes(length), length, times);
            return;
        }
        addLong(text, from, length, times);
    }

    /** Counts a word of eight bytes or fewer, given as a little-endian number. */
    void addShort(long prefix, int length, long times) {
        long sign = sign(mix(prefix + length), length);
        int slot = (int) (sign >>> shift);
        int mask = slots.length - 1;
        for (int word = slots[slot]; word != 0; word = slots[slot]) {
            int at = word << FIELDS_SHIFT;
            if (entries[at] == prefix && entries[at + SIGN] == sign) {
                entries[at + COUNT] += times;
                total += times;
                return;
            }
            slot = (slot + 1) & mask;
        }
        insert(slot, prefix, times, 0, sign);
    }

    private void addLong(ByteBuffer text, int from, int length, long times) {
        long prefix = text.getLong(from);
        int restFrom = from + PREFIX_BYTES;
        int restLength = length - PREFIX_BYTES;
        long sign = sign(hashRest(text, restFrom, restLength, mix(prefix + length)), length);
        int slot = (int) (sign >>> shift);
        int mask = slots.length - 1;
        for (int word = slots[slot]; word != 0; word = slots[slot]) {
            int at = word << FIELDS_SHIFT;
            if (entries[at] == prefix
                    && entries[at + SIGN] == sign
                    && rests.matches(entries[at + REST], text, restFrom, restLength)) {
                entries[at + COUNT] += times;
                total += times;
                return;
            }
            slot = (slot + 1) & mask;
        }
        insert(slot, prefix, times, rests.keep(text, restFrom, restLength), sign);
    }

    /** Counts all words of another table, in its order. */
    void addAll(WordTable other) {
        byte[] word = new byte[64];
        ByteBuffer text = WordRests.view(word);
        for (int number = 1; number <= other.size; number++) {
            int length = other.length(number);
            if (length > word.length - PREFIX_BYTES) {
                word = new byte[Math.addExact(length, length / 2 + PREFIX_BYTES)];
                text = WordRests.view(word);
            }
            other.copyWord(number, word);
            add(text, 0, length, other.count(number));
        }
    }

    /** Forgets all words. */
    void clear() {
        rests.clear();
        size = 0;
        total = 0;
        if (slots.length > LARGEST_KEPT_SLOTS) {
            allocate();
            return;
        }
        Arrays.fill(slots, 0);
    }

    /** The mask that keeps the first bytes of a little-endian number, for 1 to 8 bytes. */
    static long firstBytes(int length) {
        return -1L >>> (64 - (length << 3));
    }

    private static long sign(long hash, int length) {
        return (hash & ~LENGTH_MASK) | length;
    }

    private static long mix(long value) {
        long mixed = value * MIX_1;
        return (mixed ^ (mixed >>> 32)) * MIX_2;
    }

    private static long hashRest(ByteBuffer text, int from, int length, long hash) {
        long mixed = hash;
        int at = from;
        int end = from + length;
        while (end - at >= 8) {
            mixed = mix(mixed ^ text.getLong(at));
            at += 8;
        }
        return at == end ? mixed : mix(mixed ^ (text.getLong(at) & firstBytes(end - at)));
    }

    private void insert(int slot, long prefix, long times, long rest, long sign) {
        if (size == LARGEST_ENTRIES) {
            throw new OutOfMemoryError("more than " + LARGEST_ENTRIES + " distinct words");
        }
        if ((size + 2) << FIELDS_SHIFT > entries.length) {
            int wanted = (int) Math.min(2L * entries.length, (LARGEST_ENTRIES + 2L) << FIELDS_SHIFT);
            entries = Arrays.copyOf(entries, wanted);
        }
        size++;
        int at = size << FIELDS_SHIFT;
        entries[at] = prefix;
        entries[at + COUNT] = times;
        entries[at + REST] = rest;
        entries[at + SIGN] = sign;
        slots[slot] = size;
        total += times;
        if (size > slots.length >> 1 && slots.length < 1 << 30) {
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
