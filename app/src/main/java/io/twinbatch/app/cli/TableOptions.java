package io.twinbatch.app.cli;

import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.RunOptions;

/**
 * Which options can go with a table of tasks.
 *
 * @param options the options of a run that has a table
 */
record TableOptions(RunOptions options) {
    /** Throws {@link UsageException} naming the first option that cannot, and why. */
    void requireFit() {
        require(
                options.command.isPresent() || options.script.isPresent(),
                "--tasks needs --command or --script, which run for each row of the table");
        require(options.inputs.isEmpty(), "--tasks and INPUT exclude each other: the table names its files itself");
        require(
                options.filesFrom.isEmpty(),
                "--tasks and --files-from exclude each other: the table names its files itself");
        require(
                !options.isGiven("--include") && !options.isGiven("--exclude"),
                "--include and --exclude choose among the files of folders, and a table of tasks has none");
        require(
                !options.isGiven("--split"),
                "--tasks and --split exclude each other: a row of the table is one task, whatever its files have");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new UsageException(message);
        }
    }
}
