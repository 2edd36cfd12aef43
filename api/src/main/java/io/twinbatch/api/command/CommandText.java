package io.twinbatch.api.command;

import io.twinbatch.api.command.ShellQuotes.Kind;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command for {@code /bin/sh} with placeholders. They become expansions of variables, quoted as their place among the
 * command's own quotes asks for, so that no name of a file is ever read as part of the command.
 */
final class CommandText {
    private static final int MAX_CHARACTERS = 60_000;

    /** What looks like a placeholder: braces without a blank mean nothing else to a shell. */
    private static final Pattern LOOKALIKE = Pattern.compile("\\{([./#%+:@=]{0,4}|[A-Za-z_][A-Za-z0-9_]*)}");

    private final String text;
    private final Placeholders placeholders;

    private CommandText(String text, Placeholders placeholders) {
        this.text = text;
        this.placeholders = placeholders;
    }

    /**
     * Reads a command.
     *
     * @param placeholders what it may have
     * @throws BatchException {@code INVALID} for one that is empty or too long, for quotes that are not closed, for a
     *     placeholder that there is not, and for one where it could not be replaced safely
     */
    static CommandText of(String text, Placeholders placeholders) {
        require(!text.isBlank(), "it is empty");
        require(
                text.length() <= MAX_CHARACTERS,
                "it has more than " + MAX_CHARACTERS + " characters; put it into a script");
        require(text.indexOf('\0') < 0, "it has a NUL character");
        CommandText command = new CommandText(text, placeholders);
        String ignored = command.replaced(Placeholder::expansion, true);
        return command;
    }

    String text() {
        return text;
    }

    /** The text for the shell of a node. */
    String forShell() {
        return asArgument(replaced(Placeholder::expansion, true));
    }

    /** The text for the shell of a node that runs it once for all results, which are its arguments. */
    String forAllResults() {
        return asArgument(replaced(
                placeholder -> {
                    require(
                            placeholder == InputPlaceholder.INPUT,
                            placeholder.text() + " stands for one input; when results are"
                                    + " combined there is {} alone, which stands for all of them");
                    return "$@";
                },
                true));
    }

    /** A shell would take a text that begins with one of these characters for an option. */
    private static String asArgument(String shell) {
        return shell.startsWith("-") || shell.startsWith("+") ? " " + shell : shell;
    }

    /** What it is for one input, to be read by a person. */
    String shownFor(InputValues input) {
        return replaced(placeholder -> placeholder.value(input), false);
    }

    private String replaced(Function<Placeholder, String> value, boolean expansion) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        ShellQuotes quotes = new ShellQuotes(text);
        int i = 0;
        while (i < text.length()) {
            Optional<Placeholder> placeholder = placeholders.at(text, i);
            if (placeholder.isPresent()) {
                require(quotes.kind() != Kind.SINGLE, insideSingleQuotes(placeholder.get()));
                require(
                        !quotes.hasHereDocument(),
                        "placeholders do not work after <<; use a script, and the variables there");
                out.append(inserted(placeholder.get(), value.apply(placeholder.get()), quotes.kind(), expansion));
                i += placeholder.get().text().length();
                continue;
            }
            refuseLookalike(i, quotes.kind());
            int end = quotes.read(i);
            out.append(text, i, end);
            i = end;
        }
        quotes.open().ifPresent(kind -> {
            throw invalid("a " + (kind == Kind.SINGLE ? "single" : "double") + " quote is not closed");
        });
        return out.toString();
    }

    private static String inserted(Placeholder placeholder, String value, Kind quotes, boolean expansion) {
        if (placeholder.isSeveral()) {
            require(
                    quotes == Kind.NONE,
                    placeholder.text()
                            + " stands for several files in a row of the table, which are words of their own;"
                            + " write it outside of quotes");
            return value;
        }
        if (quotes == Kind.ARITHMETIC) {
            require(
                    placeholder.mayBeNumber(),
                    placeholder.text() + " stands where the shell calculates, and a name is no number; to run a command"
                            + " there, begin it with $( and a blank");
            return value;
        }
        if (quotes == Kind.DOUBLE) {
            return expansion ? value : value.replaceAll("([\"$`\\\\])", "\\\\$1");
        }
        return expansion ? "\"" + value + "\"" : ShellWord.shown(value);
    }

    /** Between double quotes braces mean nothing to a shell; with a table a misspelt column is more likely. */
    private void refuseLookalike(int position, Kind quotes) {
        if (text.charAt(position) != '{'
                || quotes == Kind.SINGLE
                || (quotes == Kind.DOUBLE && placeholders.columns().isEmpty())) {
            return;
        }
        Matcher lookalike = LOOKALIKE.matcher(text).region(position, text.length());
        if (lookalike.lookingAt()) {
            throw invalid(
                    placeholders.refusal(lookalike.group()) + " (to have it as it is, write it in single quotes)");
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
