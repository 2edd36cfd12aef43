package io.twinbatch.api.file;

/** The first two bytes of a text that say that it is UTF-16, and in which order the bytes of a character come. */
public final class ByteOrderMark {
    private static final int BIG_ENDIAN = 0xfeff;
    private static final int LITTLE_ENDIAN = 0xfffe;

    private ByteOrderMark() {}

    /** Whether a text that begins with these bytes has the mark; UTF-32 of little-endian order begins with it too. */
    public static boolean begins(byte[] start) {
        int mark = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
        return mark == BIG_ENDIAN || mark == LITTLE_ENDIAN;
    }
}
