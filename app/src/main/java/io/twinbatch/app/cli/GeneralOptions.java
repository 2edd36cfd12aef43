package io.twinbatch.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command can be asked for. */
final class GeneralOptions {
    @Option(
            names = "--json",
            negatable = true,
            order = HelpOrder.LAST,
            description = "Print one JSON document on standard output in place of text; nothing is asked.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            negatable = true,
            order = HelpOrder.LAST,
            description = "Log what happens inside, and show the stack trace of an error.")
    boolean verbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            order = HelpOrder.LAST,
            description = "The file with defaults for options, when it is not config.properties in the configuration"
                    + " folder (app --help tells where that is).")
    Optional<Path> config;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = HelpOrder.LAST,
            description = "Print this help.")
    boolean help;
}
