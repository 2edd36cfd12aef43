package io.twinbatch.app.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the words and counts back from a result file. */
final class ResultText {
    private static final String SEPARATOR = ":\t";
    private static final String RULE = "-".repeat(30);

    private ResultText() {}

    /**
     * A word and how often it occurs.
     *
     * @param word the word
     * @param count how often
     */
    record WordCount(String word, long count) {}

    /**
     * The first words of a result.
     *
     * @param limit how many at most
     * @throws IOException when the file cannot be read or is not such a result
     */
    static List<WordCount> read(Path file, long limit) throws IOException {
        List<WordCount> words = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            skipHeading(file, reader);
            String line = reader.readLine();
            while (line != null && !line.equals(RULE) && words.size() < limit) {
                words.add(parse(file, line));
                line = reader.readLine();
            }
        }
        return words;
    }

    private static void skipHeading(Path file, BufferedReader reader) throws IOException {
        if (!"Word\tCount".equals(reader.readLine()) || !RULE.equals(reader.readLine())) {
            throw new IOException(file + " is not a list of words and counts");
        }
    }

    private static WordCount parse(Path file, String line) throws IOException {
        int separator = line.lastIndexOf(SEPARATOR);
        try {
            return new WordCount(
                    line.substring(0, Math.max(separator, 0)),
                    Long.parseLong(line.substring(separator + SEPARATOR.length())));
        } catch (NumberFormatException e) {
            throw new IOException(file + " has a line that is no word and count: " + line, e);
        }
    }
}
