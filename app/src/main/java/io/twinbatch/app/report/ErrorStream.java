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
    /**
     * After a drawing the cursor is back at the beginning, where it stays when a window that is made narrower breaks the
     * drawing over several rows; all of them are erased from there.
     */
    private static final String ERASE = "\r\u001b[J";
    /** While the width of a window that has just changed is not known yet, a drawing ends at its edge all the same. */
    private static final String WITHOUT_WRAP = "\u001b[?7l";

    private static final String WITH_WRAP = "\u001b[?7h";

    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream stream;
    private final Terminal terminal;
    private final Clock clock;
    private final Keyboard keyboard;
    private Optional<Progress> live = Optional.empty();
    private String drawn = "";
    private boolean ended;
    private boolean asking;
    private volatile boolean quiet;
    private Instant lastDrawn = Instant.EPOCH;
    private Optional<Instant> lastPlain = Optional.empty();
    private String lastPlainText = "";

    private record Progress(long done, long all, String text) {}

    /** Writes to a stream, which is the terminal's when the terminal says so. */
    public ErrorStream(PrintStream stream, Terminal terminal, Clock clock) {
        this(stream, terminal, clock, Keyboard.NONE);
    }

    /** The same for a terminal with a keyboard: from the first changing line on keys count as answers to questions alone. */
    public ErrorStream(PrintStream stream, Terminal terminal, Clock clock, Keyboard keyboard) {
        this.stream = stream;
        this.terminal = terminal;
        this.clock = clock;
        this.keyboard = keyboard;
    }

    /** What is known of the terminal. */
    public Terminal terminal() {
        return terminal;
    }

    /** Prints a line above the changing one. Control characters in it are made visible. */
    public synchronized void line(String text) {
        print(SafeText.line(text));
    }

    /** Prints a line that says that something went wrong. */
    public void error(String text) {
        print(coloured(RED, SafeText.line(text)));
    }

    /** Prints a line that says that something went well, or is under way; a quiet stream leaves it out. */
    public void note(String text) {
        if (!quiet) {
            line(text);
        }
    }

    /** The last line of a run that went well; a quiet stream leaves it out. */
    public void success(String text) {
        if (!quiet) {
            print(coloured(GREEN, SafeText.line(text)));
        }
    }

    /** From now on there are no notes and no progress. */
    public synchronized void beQuiet() {
        endProgress();
        quiet = true;
    }

    private synchronized void print(String safe) {
        erase();
        stream.println(safe);
        draw();
    }

    private String coloured(String colour, String safe) {
        return terminal.coloured() ? colour + safe + PLAIN : safe;
    }

    /** Prints a warning, and below it, indented, what further lines the text has, such as a log. */
    public void warning(String text) {
        paragraph(YELLOW, "Warning: " + text);
    }

    /** Prints what went wrong in the same way. */
    public void failure(String text) {
        paragraph(RED, text);
    }

    private synchronized void paragraph(String colour, String text) {
        String[] lines = text.split("\\R", -1);
        print(coloured(colour, SafeText.line(lines[0])));
        for (int i = 1; i < lines.length; i++) {
            line("    | " + lines[i]);
        }
    }

    /** Prints text as it is, such as a stack trace, above the changing line. */
    public synchronized void raw(String text) {
        erase();
        stream.print(text);
        stream.flush();
        draw();
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
        if (ended || asking || quiet) {
            return;
        }
        if (!terminal.rewritable()) {
            plainProgress(safe);
            return;
        }
        boolean due = Duration.between(lastDrawn, clock.instant()).compareTo(BETWEEN_DRAWINGS) >= 0;
        boolean first = live.isEmpty();
        live = Optional.of(new Progress(done, all, safe));
        if (first) {
            keyboard.ignore();
        }
        if (first || due) {
            draw();
        }
    }

    /** Draws the changing line anew, since the window has another width now. */
    public synchronized void resized() {
        if (live.isPresent() && !asking) {
            erase();
            draw();
        }
    }

    /** Removes the changing line; what it said last is not kept. */
    public synchronized void endProgress() {
        erase();
        live = Optional.empty();
        lastPlain = Optional.empty();
        lastPlainText = "";
    }

    /** Removes the changing line for good: the program is about to end. */
    public synchronized void end() {
        endProgress();
        stream.flush();
        keyboard.listen();
        ended = true;
    }

    /** Prints a question and stays on its line. */
    public synchronized void question(String text) {
        endProgress();
        keyboard.listen();
        stream.print(SafeText.line(text) + " ");
        stream.flush();
        asking = true;
    }

    /** The question is answered with a line, so that the cursor is at the beginning of the next one. */
    public synchronized void answered() {
        asking = false;
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
        if (asking) {
            stream.println();
            asking = false;
        }
        if (!drawn.isEmpty()) {
            stream.print(ERASE);
            drawn = "";
        }
    }

    private void draw() {
        live.ifPresent(progress -> {
            String bar = ProgressBar.draw(
                    progress.done(),
                    progress.all(),
                    progress.text(),
                    terminal.columns().getAsInt());
            if (!bar.equals(drawn)) {
                drawn = bar;
                lastDrawn = clock.instant();
                stream.print(ERASE + WITHOUT_WRAP + bar + WITH_WRAP + "\r");
                stream.flush();
            }
        });
    }
}
