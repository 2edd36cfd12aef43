package io.twinbatch.task.count;

import io.twinbatch.task.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * All words of some inputs with their counts, in first-seen order: lines {@code COUNT<TAB>WORD}. Such files of several
 * tasks, read in the order of their inputs, give what one task over all the inputs would have counted.
 */
public final class CountsFile implements Content {
    private final WordTable words;

    public CountsFile(WordTable words) {
        this.words = words;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        WordBytes bytes = new WordBytes(words);
        for (int word = 1; word <= words.size(); word++) {
            out.write(Long.toString(words.count(word)).getBytes(StandardCharsets.ISO_8859_1));
            out.write('\t');
            bytes.write(word, out);
            out.write('\n');
        }
    }

    /**
     * Adds the words of a counts file to a table.
     *
     * @throws MalformedCountsException if a line is not of the form above
     */
    public static void read(InputStream in, WordTable words) throws IOException {
        InputBuffer buffer = new InputBuffer(WordCounter.BUFFER_BYTES);
        long lines = 0;
        int rest = 0;
        while (!buffer.isLast()) {
            buffer.refill(in, rest);
            rest = 0;
            int newline = lineEnd(buffer, rest);
            while (newline < buffer.end()) {
                lines++;
                readLine(buffer, rest, newline, lines, words);
                rest = newline + 1;
                newline = lineEnd(buffer, rest);
            }
        }
        if (rest < buffer.end()) {
            throw new MalformedCountsException(lines + 1);
        }
    }

    private static int lineEnd(InputBuffer buffer, int from) {
        byte[] bytes = buffer.bytes();
        int at = from;
        while (at < buffer.end() && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static void readLine(InputBuffer buffer, int from, int to, long line, WordTable words)
            throws MalformedCountsException {
        byte[] bytes = buffer.bytes();
        long count = 0;
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && count < Long.MAX_VALUE / 100) {
            count = count * 10 + (bytes[at] - '0');
            at++;
        }
        // A word has at least one byte.
        if (count < 1 || at + 1 >= to || bytes[at] != '\t') {
            throw new MalformedCountsException(line);
        }
        words.add(buffer.longs(), at + 1, to - at - 1, count);
    }

    /** A line that is not a count, a tab and a word, or that is cut off. */
    static final class MalformedCountsException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedCountsException(long line) {
            super("line " + line + " is not a count, a tab, a word and a newline");
        }
    }
}
