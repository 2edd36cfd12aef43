package io.twinbatch.app.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How many columns the window of the terminal has. The terminal is asked when the number is needed for the first time,
 * and again after a change; {@code COLUMNS} counts where it does not answer.
 */
public final class WindowWidth implements IntSupplier {
    private static final int USUAL_COLUMNS = 80;

    private final Supplier<String> size;
    private final String variable;
    private int columns;
    private volatile boolean changed = true;

    /**
     * Asks a terminal.
     *
     * @param size answers with rows and columns, such as {@code 24 80}, or with nothing
     */
    WindowWidth(Supplier<String> size, Map<String, String> environment) {
        this.size = size;
        this.variable = environment.getOrDefault("COLUMNS", "");
    }

    /** The width of the terminal that standard error is. */
    public static WindowWidth ofStandardError(Map<String, String> environment) {
        return new WindowWidth(WindowWidth::sizeOfStandardError, environment);
    }

    /** The window has another size now. */
    public void change() {
        changed = true;
    }

    @Override
    public synchronized int getAsInt() {
        if (changed) {
            // In this order, so that a change during the question leads to another question.
            changed = false;
            columns = ask();
        }
        return columns;
    }

    private int ask() {
        String answer = size.get().strip();
        int reported = number(answer.substring(answer.lastIndexOf(' ') + 1));
        int fallback = number(variable.strip());
        return reported > 0 ? reported : fallback > 0 ? fallback : USUAL_COLUMNS;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String sizeOfStandardError() {
        try {
            Process stty = new ProcessBuilder("/bin/sh", "-c", "exec stty size <&2 2>/dev/null")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            stty.getOutputStream().close();
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            // Without stty the width is as unknown as without an answer.
            return "";
        }
    }
}
