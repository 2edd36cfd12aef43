package io.twinbatch.task.count;

import java.io.IOException;
import java.io.OutputStream;

/** Writes words of a table, using one buffer for all of them. */
public final class WordBytes {
    private final WordTable words;
    private byte[] buffer = new byte[64];

    public WordBytes(WordTable words) {
        this.words = words;
    }

    public void write(int word, OutputStream out) throws IOException {
        int length = words.length(word);
        if (length > buffer.length) {
            buffer = new byte[length];
        }
        words.copyWord(word, buffer);
        out.write(buffer, 0, length);
    }
}
