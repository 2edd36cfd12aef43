package io.twinbatch.task.count;

import io.twinbatch.task.Content;
import io.twinbatch.task.NodeIds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The result for one input: a heading, the most frequent words with their counts, and where it was made. */
public final class ResultFile implements Content {
    private static final String RULE = "------------------------------\n";

    private final WordTable words;
    private final int limit;
    private final NodeIds ids;

    public ResultFile(WordTable words, int limit, NodeIds ids) {
        this.words = words;
        this.limit = limit;
        this.ids = ids;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        text(out, "Word\tCount\n" + RULE);
        WordBytes bytes = new WordBytes(words);
        for (int word : TopWords.choose(words, limit)) {
            bytes.write(word, out);
            text(out, ":\t" + words.count(word) + "\n");
        }
        text(
                out,
                RULE + "Node: " + ids.node() + "\nTask: " + ids.task() + "\nJob:  " + ids.job() + "\nPool: "
                        + ids.pool() + "\n");
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
