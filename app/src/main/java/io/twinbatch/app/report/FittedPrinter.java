package io.twinbatch.app.report;

import java.io.PrintStream;

/**
 * Prints lines that fit a window: what does not fit goes below, between words. A word that is wider than the window, such
 * as an id, stays whole, so that it can be copied.
 */
public final class FittedPrinter {
    private static final int INDENT_OF_COMMANDS = 4;

    private final PrintStream out;
    private final int columns;

    /**
     * Prints to a stream.
     *
     * @param columns how wide a line may be
     */
    public FittedPrinter(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Prints a line; its continuation is indented by so much. */
    void line(String text, int indent) {
        String safe = SafeText.line(text);
        if (DisplayWidth.of(safe) <= columns) {
            out.println(safe);
            return;
        }
        int start = safe.length() - safe.stripLeading().length();
        StringBuilder line = new StringBuilder(safe.substring(0, start));
        boolean empty = true;
        for (String word : safe.substring(start).split(" ", -1)) {
            if (!empty && DisplayWidth.of(line.toString()) + 1 + DisplayWidth.of(word) > columns) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent));
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.println(line);
    }

    /**
     * Prints a line of two columns, or the second one below the first when there is no room beside it.
     *
     * @param first the first column, as wide as it is to be
     * @param indent the indent of what stands below
     */
    void columns(String first, String second, int indent) {
        boolean fits = DisplayWidth.of(SafeText.line(first)) + DisplayWidth.of(SafeText.line(second)) <= columns;
        if (fits) {
            line(first + second, indent);
            return;
        }
        line(first.stripTrailing(), indent);
        line(" ".repeat(indent) + second, indent);
    }

    /** Prints what can be typed, and what it is good for; the command stays on one line. */
    public void advice(String purpose, String command) {
        String safe = SafeText.line(purpose + ": " + command);
        if (DisplayWidth.of(safe) <= columns) {
            out.println(safe);
            return;
        }
        line(purpose + ":", INDENT_OF_COMMANDS);
        out.println(" ".repeat(INDENT_OF_COMMANDS) + SafeText.line(command));
    }
}
