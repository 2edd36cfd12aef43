package io.twinbatch.task.count;

import java.io.IOException;
import java.io.InputStream;

/** Counts the words of streams of text, in UTF-8, or in UTF-16 with a byte order mark. Memory depends on the distinct words, not on the streams' length. */
public final class WordCounter {
    /** Read at once: large enough that reading costs little, small enough to stay in the processor's cache. */
    public static final int BUFFER_BYTES = 1 << 16;

    private final InputBuffer buffer;
    private final WordScanner scanner;

    public WordCounter(WordTable words) {
        this(words, BUFFER_BYTES);
    }

    public WordCounter(WordTable words, int bufferBytes) {
        buffer = new InputBuffer(bufferBytes);
        scanner = new WordScanner(words);
    }

    /** Adds the words of one stream to the table, up to the stream's end. */
    public void count(InputStream in) throws IOException {
        InputStream text = Utf16Text.asUtf8(in);
        buffer.clear();
        int rest = 0;
        while (!buffer.isLast()) {
            buffer.refill(text, rest);
            rest = scanner.scan(buffer);
        }
    }
}
