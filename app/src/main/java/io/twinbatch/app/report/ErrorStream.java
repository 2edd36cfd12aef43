package io.twinbatch.app.report;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Standard error as a person sees it: whole lines, and below them one line that changes in place on a terminal.
 * Elsewhere the changing line becomes plain lines: only when it says something new, and not more often than every few
 * seconds. Threads may share it.
 */
public final class ErrorStream {
    private static final Duration BETWEEN_PLAIN_LINES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream stream;
    private final Terminal terminal;
    private final Clock clock;
    private String live = "";
    private Instant lastDrawn = Instant.EPOCH;
    private Optional<Instant> lastPlain = Optional.empty();
    private String lastPlainText = "";

    /** Writes to a stream, which is the terminal's when the terminal says so. */
    public ErrorStream(PrintStream stream, Terminal terminal, Clock clock) {
        this.stream = stream;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** What is known of the terminal. */
    public Terminal terminal() {
        return terminal;
    }

    /** Prints a line above the changing one. Control characters in it are made visible. */
    public synchronized void line(String text) {
        erase();
        stream.println(SafeText.line(text));
        redraw();
    }

    /** Prints a line, and below it, indented, what further lines the text has, such as a log. */
    public synchronized void paragraph(String text) {
        String[] lines = text.split("\\R", -1);
        line(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            line("    | " + lines[i]);
        }
    }

    /** Prints text as it is, such as a stack trace, above the changing line. */
    public synchronized void raw(String text) {
        erase();
        stream.print(text);
        stream.flush();
        redraw();
    }

    /**
     * Changes the changing line.
     *
     * @param done how much is done
     * @param all how much there is
     * @param text the same in words
     */
    public synchronized void progress(long done, long all, String text) {
        String safe = SafeText.line(text);
        if (terminal.error()) {
            liveProgress(ProgressBar.draw(done, all, safe, terminal.columns()));
            return;
        }
        plainProgress(safe);
    }

    private void liveProgress(String drawn) {
        Instant now = clock.instant();
        boolean first = live.isEmpty();
        boolean due = Duration.between(lastDrawn, now).compareTo(BETWEEN_DRAWINGS) >= 0;
        if (!drawn.equals(live) && (first || due)) {
            live = drawn;
            lastDrawn = now;
            stream.print(ERASE_LINE + live);
            stream.flush();
        }
    }

    /** Removes the changing line; what it said last is not kept. */
    public synchronized void endProgress() {
        erase();
        live = "";
        lastPlain = Optional.empty();
        lastPlainText = "";
    }

    /** Prints a question and stays on its line. */
    public synchronized void question(String text) {
        endProgress();
        stream.print(SafeText.line(text) + " ");
        stream.flush();
    }

    /** What is over within seconds has no plain line at all. */
    private void plainProgress(String text) {
        Instant now = clock.instant();
        if (lastPlain.isEmpty()) {
            lastPlain = Optional.of(now);
            return;
        }
        boolean due = Duration.between(lastPlain.get(), now).compareTo(BETWEEN_PLAIN_LINES) >= 0;
        if (due && !text.equals(lastPlainText)) {
            lastPlain = Optional.of(now);
            lastPlainText = text;
            stream.println(text);
        }
    }

    private void erase() {
        if (!live.isEmpty()) {
            stream.print(ERASE_LINE);
        }
    }

    private void redraw() {
        if (!live.isEmpty()) {
            stream.print(live);
            stream.flush();
        }
    }
}
