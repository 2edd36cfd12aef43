package io.twinbatch.task.count;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text in UTF-16, which a byte order mark announces, as a stream of UTF-8. What is malformed becomes U+FFFD. */
final class Utf16Text extends InputStream {
    private static final int MARK_BYTES = 2;
    private static final int CHARACTERS = 1 << 13;

    private final Reader text;
    private final char[] characters = new char[CHARACTERS];
    private byte[] bytes = {};
    private int at;

    private Utf16Text(Reader text) {
        this.text = text;
    }

    /** The stream itself, unless it begins with the byte order mark of UTF-16: then the text behind that. */
    static InputStream asUtf8(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(in, MARK_BYTES);
        byte[] mark = start.readNBytes(MARK_BYTES);
        Charset charset = charset(mark);
        if (charset == null) {
            start.unread(mark);
            return start;
        }
        return new Utf16Text(new InputStreamReader(start, charset));
    }

    private static Charset charset(byte[] mark) {
        int both = mark.length < MARK_BYTES ? 0 : (mark[0] & 0xff) << 8 | (mark[1] & 0xff);
        return switch (both) {
            case 0xfeff -> StandardCharsets.UTF_16BE;
            case 0xfffe -> StandardCharsets.UTF_16LE;
            default -> null;
        };
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, target, from, count);
        at += count;
        return count;
    }

    /** A reader never divides the two halves of a character beyond the first 65,536. */
    private boolean fill() throws IOException {
        while (at == bytes.length) {
            int count = text.read(characters, 0, characters.length);
            if (count < 0) {
                return false;
            }
            bytes = new String(characters, 0, count).getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        return true;
    }
}
