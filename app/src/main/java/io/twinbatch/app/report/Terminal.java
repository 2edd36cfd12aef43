package io.twinbatch.app.report;

import java.util.Map;
import java.util.Properties;
import java.util.function.IntSupplier;

/**
 * Which of the standard streams are terminals. Java cannot distinguish them, so the script that starts it passes on what
 * it found in a system property; without it nothing is a terminal.
 *
 * @param input whether standard input is one
 * @param error whether standard error is one
 * @param rewritable whether standard error is one that can change a line in place
 * @param columns how many columns its window has at present
 */
public record Terminal(boolean input, boolean error, boolean rewritable, IntSupplier columns) {
    /** No stream is a terminal. */
    public static final Terminal NONE = new Terminal(false, false, false, () -> 0);

    /** Reads what the script found, and from TERM what the terminal is capable of. */
    public static Terminal of(Properties properties, Map<String, String> environment, IntSupplier columns) {
        String streams = properties.getProperty("twinbatch.terminals", "");
        boolean error = streams.contains("2");
        String kind = environment.getOrDefault("TERM", "");
        boolean rewritable = error && !kind.isEmpty() && !kind.equals("dumb");
        return new Terminal(streams.contains("0"), error, rewritable, columns);
    }

    /** Whether somebody is there to read a question and to answer it. */
    public boolean canAsk() {
        return input && error;
    }
}
