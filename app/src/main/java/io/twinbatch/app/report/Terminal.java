package io.twinbatch.app.report;

import java.util.Properties;

/**
 * Which of the standard streams are terminals. Java cannot tell them apart, so the script that starts it passes on what
 * it found in system properties; without them nothing is a terminal.
 *
 * @param input whether standard input is one
 * @param output whether standard output is one
 * @param error whether standard error is one
 * @param columns how many characters fit on a line
 */
public record Terminal(boolean input, boolean output, boolean error, int columns) {
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;

    /** No stream is a terminal. */
    public static final Terminal NONE = new Terminal(false, false, false, USUAL_COLUMNS);

    /** Reads what the script found. */
    public static Terminal of(Properties properties) {
        String streams = properties.getProperty("twinbatch.terminals", "");
        return new Terminal(
                streams.contains("0"),
                streams.contains("1"),
                streams.contains("2"),
                columns(properties.getProperty("twinbatch.columns", "")));
    }

    private static int columns(String text) {
        try {
            int columns = Integer.parseInt(text);
            return columns >= FEWEST_COLUMNS ? columns : USUAL_COLUMNS;
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    /** Whether somebody is there to read a question and to answer it. */
    public boolean canAsk() {
        return input && error;
    }
}
