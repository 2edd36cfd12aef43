package io.twinbatch.api.task;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Command lines of tasks. A node splits them into arguments and starts the program directly: no variables, wildcards,
 * pipes or redirections unless the program is a shell.
 *
 * <p>Splitting follows the quoting that POSIX shells and the nodes of Azure Batch agree on: white space separates,
 * single quotes keep everything between them, double quotes keep everything but a backslash before a double quote or a
 * backslash, and a backslash outside quotes keeps the next character.
 */
public final class CommandLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private CommandLine() {}

    /**
     * The command line that a node splits into these arguments. Only quoting that is beyond doubt is used: plain
     * characters as they are, single quotes, or double quotes around text that has neither a double quote nor a
     * character that is special between them.
     *
     * @throws BatchException {@code INVALID} for an argument that has both kinds of quotes, or a NUL character; such
     *     values travel in the environment or in a file
     */
    public static String of(List<String> arguments) {
        return arguments.stream().map(CommandLine::quote).collect(Collectors.joining(" "));
    }

    /**
     * The command line that runs a script in the node's POSIX shell, with the environment's variables expanded there.
     *
     * @param script what the shell reads; without single quotes
     * @throws BatchException {@code INVALID} for a script with a single quote
     */
    public static String shell(String script) {
        if (script.indexOf('\'') >= 0) {
            throw new BatchException(
                    ErrorCode.INVALID, "command line", "a shell script on a command line has no single quotes");
        }
        return "/bin/sh -c '" + script + "'";
    }

    private static String quote(String argument) {
        if (argument.indexOf('\0') < 0) {
            if (PLAIN.matcher(argument).matches()) {
                return argument;
            }
            if (argument.indexOf('\'') < 0) {
                return "'" + argument + "'";
            }
            if (argument.chars().noneMatch(c -> c == '"' || c == '\\' || c == '$' || c == '`')) {
                return "\"" + argument + "\"";
            }
        }
        throw new BatchException(
                ErrorCode.INVALID,
                "command line",
                "an argument has a NUL character or quotes that not every node reads alike;"
                        + " pass it in the environment or in a file");
    }

    /**
     * The arguments of a command line.
     *
     * @throws BatchException {@code INVALID} when a quote is not closed, no argument is left, or there is a NUL
     *     character, which would end an argument unseen
     */
    public static List<String> split(String commandLine) {
        if (commandLine.indexOf('\0') >= 0) {
            throw new BatchException(ErrorCode.INVALID, "command line", "it has a NUL character");
        }
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = null;
        char quote = 0;
        for (int i = 0; i < commandLine.length(); i++) {
            char c = commandLine.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < commandLine.length();
            if (quote == 0 && Character.isWhitespace(c)) {
                if (argument != null) {
                    arguments.add(argument.toString());
                    argument = null;
                }
                continue;
            }
            if (argument == null) {
                argument = new StringBuilder();
            }
            if (escapes && (quote == 0 || isSpecialInDoubleQuotes(commandLine.charAt(i + 1)))) {
                argument.append(commandLine.charAt(++i));
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                argument.append(c);
            }
        }
        if (quote != 0) {
            throw new BatchException(ErrorCode.INVALID, "command line", "a " + quote + " quote is not closed");
        }
        if (argument != null) {
            arguments.add(argument.toString());
        }
        if (arguments.isEmpty()) {
            throw new BatchException(ErrorCode.INVALID, "command line", "it is empty");
        }
        return arguments;
    }

    private static boolean isSpecialInDoubleQuotes(char c) {
        return c == '"' || c == '\\';
    }
}
