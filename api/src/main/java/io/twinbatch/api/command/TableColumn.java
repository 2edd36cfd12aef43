package io.twinbatch.api.command;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.QuotedValue;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column of a table of tasks.
 *
 * @param name the name of the variable that has the value of a row; {@link #INPUT} for the column of inputs
 * @param kind what the cells are
 */
public record TableColumn(String name, Kind kind) {
    /** The name of the column whose files are the inputs. */
    public static final String INPUT = "input";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Variables with which the shell, the loader of programs and the wrapper of the command work. */
    private static final Pattern RESERVED = Pattern.compile("(?i:TWINBATCH|AZ_BATCH|TB|LD|DYLD)_.*");

    private static final Set<String> OF_THE_SHELL = Set.of(
            "BASH_ENV",
            "BASHOPTS",
            "CDPATH",
            "ENV",
            "EUID",
            "HOME",
            "IFS",
            "OLDPWD",
            "OPTARG",
            "OPTIND",
            "PATH",
            "PPID",
            "PS1",
            "PS2",
            "PS4",
            "PWD",
            "SHELL",
            "SHELLOPTS",
            "UID",
            "_");

    /** What the cells of a column are. */
    public enum Kind {
        /** Texts. */
        VALUE,
        /** The paths of files, one in each row. */
        FILE,
        /** Files, several in at least one row. */
        FILES
    }

    /** Throws {@link BatchException} with {@code INVALID} for a name that a variable cannot have. */
    public TableColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        nameProblem(name).ifPresent(problem -> {
            throw new BatchException(ErrorCode.INVALID, "column " + QuotedValue.of(name), problem);
        });
    }

    /** Why a column cannot have a name, in words that follow it; empty when it can. */
    public static Optional<String> nameProblem(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            return Optional.of("the name of a variable has letters, digits and underscores, and begins with no digit");
        }
        if (OF_THE_SHELL.contains(name) || RESERVED.matcher(name).matches()) {
            return Optional.of("the shell or the node has a variable of that name; choose another one");
        }
        return Optional.empty();
    }

    /** Whether its files are the inputs. */
    public boolean isInput() {
        return kind != Kind.VALUE && name.equals(INPUT);
    }

    /** The path, in the folder in which the command runs, of a file of this column. */
    public String place(String fileName) {
        return name + "/" + fileName;
    }

    /** What a shell expands to all files of a row. */
    public String pattern() {
        return name + "/*";
    }
}
