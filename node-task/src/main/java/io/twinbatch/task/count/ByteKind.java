package io.twinbatch.task.count;

/** What a byte of UTF-8 text is to a word: looked up once per byte, so the kinds are plain numbers in a table. */
final class ByteKind {
    /** ASCII white space, as Python's {@code str.isspace} has it. */
    static final byte SPACE = 0;
    /** One of the 32 ASCII punctuation characters. */
    static final byte PUNCTUATION = 1;
    /** Any other ASCII character; control characters are part of words too. */
    static final byte WORD = 2;
    /** Not ASCII: part of a longer sequence, or invalid. */
    static final byte HIGH = 3;

    private static final byte[] KINDS = kinds();

    private ByteKind() {}

    static byte of(byte value) {
        return KINDS[value & 0xff];
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int value = 0; value < 256; value++) {
            kinds[value] = kind(value);
        }
        return kinds;
    }

    private static byte kind(int value) {
        if (value >= 0x80) {
            return HIGH;
        }
        if (value == ' ' || (value >= '\t' && value <= '\r') || (value >= 0x1c && value <= 0x1f)) {
            return SPACE;
        }
        boolean graphic = value > ' ' && value < 0x7f;
        boolean alphanumeric =
                (value >= '0' && value <= '9') || (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z');
        return graphic && !alphanumeric ? PUNCTUATION : WORD;
    }
}
