package io.twinbatch.app.option;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.app.config.ConfigFile;
import io.twinbatch.app.config.OptionDefaults;
import io.twinbatch.app.config.UserFolders;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.run.AzureSettings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Fills an options object from the command line, the environment and the configuration file, in that order. */
public final class OptionReader {
    private final Map<String, String> environment;
    private final UserFolders folders;
    private final Collection<Object> allOptions;

    /** The configuration file may set what any of these options objects has: one file serves all commands. */
    public OptionReader(Map<String, String> environment, UserFolders folders, Collection<Object> allOptions) {
        this.environment = Map.copyOf(environment);
        this.folders = folders;
        this.allOptions = List.copyOf(allOptions);
    }

    /** A parser for an options object. */
    public static CommandLine parser(Object options) {
        CommandLine command = new CommandLine(options);
        // A file may be called @list.
        command.setExpandAtFiles(false);
        command.setUnmatchedOptionsArePositionalParams(false);
        return command;
    }

    /**
     * Reads the command line into the options object.
     *
     * @return whether the options ask for something else than the command itself, such as help
     * @throws UsageException when an option is not known or its value is wrong, wherever it comes from
     */
    public <T> ParseResult read(T options, List<String> arguments) {
        return read(options, arguments, new OptionDefaults(environment, configFile(arguments)));
    }

    /** Fills an options object from words alone; returns whether it knows them, though some may be missing. */
    public static boolean accepts(Object options, List<String> arguments) {
        try {
            parser(options).parseArgs(arguments.toArray(String[]::new));
            return true;
        } catch (MissingParameterException e) {
            return true;
        } catch (ParameterException e) {
            return false;
        }
    }

    /**
     * Reads a command line of earlier into the options object; the environment and the configuration file of today do
     * not count.
     *
     * @param variables what these had then, by the variables of the options
     * @throws UsageException as {@link #read(Object, List)} does
     */
    public static <T> ParseResult readAgain(T options, List<String> arguments, Map<String, String> variables) {
        return read(options, arguments, new OptionDefaults(variables, Optional.empty()));
    }

    private static <T> ParseResult read(T options, List<String> arguments, OptionDefaults defaults) {
        CommandLine command = parser(options);
        command.setDefaultValueProvider(defaults);
        // Otherwise ${...} in a path would be replaced.
        command.setInterpolateVariables(false);
        try {
            ParseResult result = command.parseArgs(arguments.toArray(String[]::new));
            applyFlags(command, result, defaults);
            return result;
        } catch (ParameterException e) {
            throw new UsageException(describe(e, command, arguments, defaults), e);
        }
    }

    /**
     * What is wrong with the values that the environment and the configuration file have for the options of all commands,
     * a sentence each.
     *
     * @param config the configuration file when it is not the usual one
     */
    public List<String> problems(Optional<Path> config) {
        OptionDefaults defaults = new OptionDefaults(environment, ConfigFile.find(config, folders));
        return allOptions.stream()
                .flatMap(command -> parser(command).getCommandSpec().options().stream())
                .flatMap(option -> defaults.find(option).flatMap(found -> problem(option, found)).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> problem(OptionSpec option, OptionDefaults.Found found) {
        try {
            if (OptionDefaults.isFlag(option)) {
                flag(option, found);
            }
            for (CommandLine.ITypeConverter<?> converter : option.converters()) {
                converter.convert(found.value());
            }
            return Optional.empty();
        } catch (UsageException e) {
            return Optional.of(e.getMessage());
        } catch (CommandLine.TypeConversionException e) {
            return Optional.of(option.longestName() + ": " + e.getMessage() + " (" + found.origin() + ")");
        } catch (Exception e) {
            throw new IllegalStateException("converters throw nothing else", e);
        }
    }

    private Optional<ConfigFile> configFile(List<String> arguments) {
        Optional<ConfigFile> file = ConfigFile.find(new ConfigOption(arguments).path(), folders);
        file.ifPresent(found -> found.requireKeys(keys()));
        return file;
    }

    /** The keys of all commands and backends. */
    private Set<String> keys() {
        Stream<String> options = allOptions.stream()
                .flatMap(command -> parser(command).getCommandSpec().options().stream())
                .filter(OptionDefaults::isConfigurable)
                .map(OptionDefaults::key);
        return Stream.concat(options, AzureSettings.keys().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Flags are set here, since picocli would take a flag on the command line as the opposite of its default. */
    private static void applyFlags(CommandLine command, ParseResult result, OptionDefaults defaults) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (OptionDefaults.isFlag(option) && !result.hasMatchedOption(option)) {
                defaults.find(option).ifPresent(found -> option.setValue(flag(option, found)));
            }
        }
    }

    private static boolean flag(OptionSpec option, OptionDefaults.Found found) {
        return switch (found.value().strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default ->
                throw new UsageException(option.longestName() + ": true or false, not '" + QuotedValue.of(found.value())
                        + "' (" + found.origin() + ")");
        };
    }

    private static String describe(
            ParameterException problem, CommandLine command, List<String> arguments, OptionDefaults defaults) {
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return describe(unmatched.getUnmatched().get(0), command);
        }
        String message = shorten(problem);
        ArgSpec argument = problem.getArgSpec();
        if (!(argument instanceof OptionSpec option) || isGiven(option, arguments)) {
            return message;
        }
        return defaults.origin(option)
                .map(origin -> message + " (" + origin + ")")
                .orElse(message);
    }

    /** An option that does not exist, without its value, which can be anything; or a word that no parameter takes. */
    private static String describe(String unmatched, CommandLine command) {
        String help = command.getCommandName() + " --help lists ";
        if (!unmatched.startsWith("-")) {
            return "unexpected word '" + QuotedValue.of(unmatched) + "'; " + help + "what the command takes";
        }
        String name = unmatched.replaceFirst("(?s)=.*", "");
        String near = NearMatch.option(command, name)
                .map(match -> " (did you mean " + match + "?)")
                .orElse("");
        return "unknown option " + QuotedValue.of(name) + near + "; " + help + "the options";
    }

    /** Picocli's "Invalid value for option '--nodes' (K): a whole number ..." without its first words. */
    private static String shorten(ParameterException problem) {
        Throwable cause = problem.getCause();
        if (problem.getArgSpec() instanceof OptionSpec option && cause instanceof CommandLine.TypeConversionException) {
            return option.longestName() + ": " + cause.getMessage();
        }
        if (problem instanceof MissingParameterException missing) {
            return missing.getMissing().stream().map(OptionReader::needs).collect(Collectors.joining("; "));
        }
        return problem.getMessage().lines().findFirst().orElse("wrong command line");
    }

    private static String needs(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " needs a value (" + option.paramLabel() + "): " + purpose(option)
                : argument.paramLabel() + " is missing";
    }

    /** The first sentence of an option's description. */
    private static String purpose(OptionSpec option) {
        return String.join(" ", option.description()).split("(?<=\\.) ", 2)[0];
    }

    private static boolean isGiven(OptionSpec option, List<String> arguments) {
        return arguments.stream()
                .takeWhile(argument -> !argument.equals("--"))
                .anyMatch(argument -> Stream.of(option.names())
                        .anyMatch(name -> argument.equals(name)
                                || argument.startsWith(name + "=")
                                || (name.length() == 2 && argument.startsWith(name))));
    }

    /** The one option that has to be known before the others can be read. */
    private record ConfigOption(List<String> arguments) {
        Optional<Path> path() {
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (argument.equals("--")) {
                    return Optional.empty();
                }
                if (argument.startsWith("--config=")) {
                    return Optional.of(toPath(argument.substring("--config=".length())));
                }
                if (argument.equals("--config") && i + 1 < arguments.size()) {
                    return Optional.of(toPath(arguments.get(i + 1)));
                }
            }
            return Optional.empty();
        }

        private static Path toPath(String text) {
            try {
                return new Converters.ToPath().convert(text);
            } catch (CommandLine.TypeConversionException e) {
                throw new UsageException("--config: " + e.getMessage(), e);
            }
        }
    }
}
