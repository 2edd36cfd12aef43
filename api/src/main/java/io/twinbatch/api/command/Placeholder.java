package io.twinbatch.api.command;

/** What stands for an input, or for a cell of a table, in a command and in a pattern of results. */
sealed interface Placeholder permits InputPlaceholder, ColumnPlaceholder {
    /** The placeholder as it is written. */
    String text();

    /** What a shell expands to the value: for use between double quotes, unless it stands for several files. */
    String expansion();

    /** Whether it stands for any number of files, which are words of their own. */
    boolean isSeveral();

    /** Whether a shell can calculate with the value: names of files are never read as an expression. */
    boolean mayBeNumber();

    /** The value for an input. */
    String value(InputValues input);
}
