package io.twinbatch.api.command;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command for {@code /bin/sh} with placeholders. They become expansions of variables, quoted as their place among the
 * command's own quotes asks for, so that no name of a file is ever read as part of the command.
 */
final class CommandText {
    private static final int MAX_DURATION = 60_000;

    /** What looks like a placeholder outside quotes, where braces without a blank mean nothing else to a shell. */
    private static final Pattern LOOKALIKE = Pattern.compile("\\{([./#%+:@=]{1,4}|[A-Za-z_][A-Za-z0-9_]*)}");

    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?[ \\t]*['\"\\\\A-Za-z_]");

    private final String text;

    private CommandText(String text) {
        this.text = text;
    }

    /**
     * Reads a command.
     *
     * @throws BatchException {@code INVALID} for one that is empty or too long, for quotes that are not closed, for a
     *     placeholder that there is not, and for one where it could not be replaced safely
     */
    static CommandText of(String text) {
        require(!text.isBlank(), "it is empty");
        require(
                text.length() <= MAX_DURATION,
                "it has more than " + MAX_DURATION + " characters; put it into a script");
        require(text.indexOf('\0') < 0, "it has a NUL character");
        CommandText command = new CommandText(text);
        String ignored = command.replaced(Placeholder::expansion, true);
        return command;
    }

    String text() {
        return text;
    }

    /** The text for the shell of a node. */
    String forShell() {
        String shell = replaced(Placeholder::expansion, true);
        // A shell would take it for an option.
        return shell.startsWith("-") || shell.startsWith("+") ? " " + shell : shell;
    }

    /** The text for the shell of a node that runs it once for all results, which are its arguments. */
    String forAllResults() {
        String shell = replaced(
                placeholder -> {
                    require(
                            placeholder == Placeholder.INPUT,
                            placeholder.text() + " stands for one input; when results are"
                                    + " combined there is {} alone, which stands for all of them");
                    return "$@";
                },
                true);
        return shell.startsWith("-") || shell.startsWith("+") ? " " + shell : shell;
    }

    /** What it is for one input, to be read by a person. */
    String shownFor(String fileName, int number) {
        return replaced(placeholder -> placeholder.value(fileName, number), false);
    }

    private String replaced(Function<Placeholder, String> value, boolean expansion) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        Deque<Quotes> quotes = new ArrayDeque<>();
        quotes.push(Quotes.NONE);
        boolean hereDocument = false;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            Quotes state = quotes.peek();
            Optional<Placeholder> placeholder = Placeholder.at(text, i);
            if (placeholder.isPresent()) {
                require(state != Quotes.SINGLE, insideSingleQuotes(placeholder.get()));
                require(!hereDocument, "placeholders do not work after <<; use a script, and the variables there");
                String inserted = value.apply(placeholder.get());
                out.append(inserted(inserted, state, expansion));
                i += placeholder.get().text().length();
                continue;
            }
            int length = 1;
            if (state == Quotes.SINGLE) {
                if (c == '\'') {
                    quotes.pop();
                }
            } else if (c == '\\') {
                // A placeholder behind a backslash is none.
                length = Math.min(2, text.length() - i);
            } else if (text.startsWith("${", i)) {
                length = Math.max(text.indexOf('}', i) - i + 1, 1);
            } else if (text.startsWith("$(", i)) {
                quotes.push(Quotes.NONE);
                length = 2;
            } else if (c == '"') {
                if (state == Quotes.DOUBLE) {
                    quotes.pop();
                } else {
                    quotes.push(Quotes.DOUBLE);
                }
            } else if (state == Quotes.NONE) {
                if (c == '\'') {
                    quotes.push(Quotes.SINGLE);
                } else if (c == '(') {
                    quotes.push(Quotes.NONE);
                } else if (c == ')' && quotes.size() > 1) {
                    quotes.pop();
                } else if (c == '#' && beginsWord(i)) {
                    int end = text.indexOf('\n', i);
                    length = (end < 0 ? text.length() : end) - i;
                } else if (c == '{') {
                    refuseLookalike(i);
                } else if (c == '<') {
                    hereDocument |=
                            HERE_DOCUMENT.matcher(text).region(i, text.length()).lookingAt();
                }
            }
            out.append(text, i, i + length);
            i += length;
        }
        require(
                quotes.stream().noneMatch(state -> state != Quotes.NONE),
                "a " + (quotes.peek() == Quotes.SINGLE ? "single" : "double") + " quote is not closed");
        return out.toString();
    }

    private static String inserted(String value, Quotes state, boolean expansion) {
        if (state == Quotes.DOUBLE) {
            return expansion ? value : value.replaceAll("([\"$`\\\\])", "\\\\$1");
        }
        return expansion ? "\"" + value + "\"" : ShellWord.shown(value);
    }

    private enum Quotes {
        NONE,
        SINGLE,
        DOUBLE
    }

    private boolean beginsWord(int position) {
        return position == 0 || " \t\n;|&(".indexOf(text.charAt(position - 1)) >= 0;
    }

    private void refuseLookalike(int position) {
        Matcher lookalike = LOOKALIKE.matcher(text).region(position, text.length());
        if (lookalike.lookingAt()) {
            throw invalid(lookalike.group() + " is no placeholder; there are " + Placeholder.ALL
                    + " (to have it as it is, write it in single quotes)");
        }
    }

    private static String insideSingleQuotes(Placeholder placeholder) {
        return placeholder.text() + " stands in single quotes, where another program may read the name as a part of its"
                + " own language; end the quotes before it ('...'" + placeholder.text()
                + "'...'), or use its variable, such as \"$TWINBATCH_INPUT\" for {}; to have it as it is, write \\"
                + placeholder.text() + " without quotes";
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw invalid(message);
        }
    }

    private static BatchException invalid(String message) {
        return new BatchException(ErrorCode.INVALID, "command", message);
    }
}
