package io.twinbatch.api.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** The quotes of a text for a POSIX shell, read from its beginning to its end. */
final class ShellQuotes {
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?[ \\t]*['\"\\\\A-Za-z_]");

    private final String text;

    /** The quotes around the present position; a substitution or a subshell begins without quotes of its own. */
    private final Deque<Kind> around = new ArrayDeque<>();

    private boolean hereDocument;

    /** What is around a position. */
    enum Kind {
        NONE,
        SINGLE,
        DOUBLE,
        /** Where a shell calculates: quotes are no part of an expression. */
        ARITHMETIC
    }

    ShellQuotes(String text) {
        this.text = text;
        around.push(Kind.NONE);
    }

    /** What is around the present position. */
    Kind kind() {
        return around.peek();
    }

    /** Whether a here-document has begun before the present position. */
    boolean hasHereDocument() {
        return hereDocument;
    }

    /** The quotes that are open at the end of the text, the innermost when there are several; empty for none. */
    Optional<Kind> open() {
        return around.stream()
                .filter(kind -> kind == Kind.SINGLE || kind == Kind.DOUBLE)
                .findFirst();
    }

    /**
     * Reads what begins at a position: a character, or several that belong together.
     *
     * @return the position behind it
     */
    int read(int position) {
        char c = text.charAt(position);
        if (kind() == Kind.SINGLE) {
            if (c == '\'') {
                around.pop();
            }
            return position + 1;
        }
        if (c == '\\') {
            return Math.min(position + 2, text.length());
        }
        if (text.startsWith("${", position)) {
            return Math.max(text.indexOf('}', position), position) + 1;
        }
        if (text.startsWith("$((", position)) {
            // Each of the two is closed by a parenthesis of its own.
            around.push(Kind.ARITHMETIC);
            around.push(Kind.ARITHMETIC);
            return position + 3;
        }
        if (text.startsWith("$(", position)) {
            around.push(Kind.NONE);
            return position + 2;
        }
        if (c == '"') {
            if (kind() == Kind.DOUBLE) {
                around.pop();
            } else {
                around.push(Kind.DOUBLE);
            }
            return position + 1;
        }
        if (kind() == Kind.ARITHMETIC) {
            readArithmetic(c);
            return position + 1;
        }
        return kind() == Kind.NONE ? readUnquoted(position, c) : position + 1;
    }

    private void readArithmetic(char c) {
        if (c == '(') {
            around.push(Kind.ARITHMETIC);
        } else if (c == ')') {
            around.pop();
        }
    }

    private int readUnquoted(int position, char c) {
        switch (c) {
            case '\'' -> around.push(Kind.SINGLE);
            case '(' -> around.push(Kind.NONE);
            case ')' -> {
                if (around.size() > 1) {
                    around.pop();
                }
            }
            case '<' ->
                hereDocument |= HERE_DOCUMENT
                        .matcher(text)
                        .region(position, text.length())
                        .lookingAt();
            case '#' -> {
                if (beginsWord(position)) {
                    int end = text.indexOf('\n', position);
                    return end < 0 ? text.length() : end;
                }
            }
            default -> {
                // It means nothing to the quotes.
            }
        }
        return position + 1;
    }

    private boolean beginsWord(int position) {
        return position == 0 || " \t\n;|&(".indexOf(text.charAt(position - 1)) >= 0;
    }
}
