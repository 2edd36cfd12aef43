package io.twinbatch.app.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command can be asked for. */
public final class GeneralOptions {
    @Option(
            names = "--json",
            negatable = true,
            order = HelpOrder.LAST,
            description = "Print one JSON document instead of text. No question is asked.")
    public boolean json;

    @Option(
            names = {"-q", "--quiet"},
            negatable = true,
            order = HelpOrder.LAST,
            description = "Print results and errors only.")
    public boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            negatable = true,
            order = HelpOrder.LAST,
            description = "Log internal steps, and print the stack trace of an error.")
    public boolean verbose;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            order = HelpOrder.LAST,
            description = "Configuration file. Default: config.properties in the configuration folder.")
    public Optional<Path> config;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = HelpOrder.LAST,
            description = "Print this help.")
    boolean help;
}
