package io.twinbatch.app.report;

import java.util.Map;
import java.util.Properties;
import java.util.function.IntSupplier;

/**
 * Which of the standard streams are terminals. Java cannot distinguish them, so the script that starts it passes on what
 * it found in a system property; without it nothing is a terminal.
 *
 * @param input whether standard input is one
 * @param output whether standard output is one
 * @param error whether standard error is one
 * @param rewritable whether standard error is one that can change a line in place
 * @param coloured whether standard error is one that shows colours, and its user wants them
 * @param columns how many columns its window has at present
 */
public record Terminal(
        boolean input, boolean output, boolean error, boolean rewritable, boolean coloured, IntSupplier columns) {
    /** No stream is a terminal. */
    public static final Terminal NONE = new Terminal(false, false, false, () -> 0);

    /** A terminal without colours, to which standard output does not go. */
    public Terminal(boolean input, boolean error, boolean rewritable, IntSupplier columns) {
        this(input, false, error, rewritable, false, columns);
    }

    /** Reads what the script found, and from TERM and NO_COLOR what the terminal is capable of. */
    public static Terminal of(Properties properties, Map<String, String> environment, IntSupplier columns) {
        String streams = properties.getProperty("twinbatch.terminals", "");
        boolean error = streams.contains("2");
        String kind = environment.getOrDefault("TERM", "");
        boolean rewritable = error && !kind.isEmpty() && !kind.equals("dumb");
        boolean coloured =
                rewritable && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(streams.contains("0"), streams.contains("1"), error, rewritable, coloured, columns);
    }

    /** Whether somebody is there to read a question and to answer it. */
    public boolean canAsk() {
        return input && error;
    }

    /** How many columns a table on standard output may have. */
    public int tableColumns() {
        return output ? columns.getAsInt() : Integer.MAX_VALUE;
    }
}
