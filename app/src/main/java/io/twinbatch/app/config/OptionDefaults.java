package io.twinbatch.app.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The values of options that the command line does not name: from the environment, then from the configuration file.
 * The variable of {@code --output-dir} is {@code TWINBATCH_OUTPUT_DIR}, its key in the file {@code output-dir}.
 */
public final class OptionDefaults implements IDefaultValueProvider {
    private static final String VARIABLE_PREFIX = "TWINBATCH_";

    private final Map<String, String> environment;
    private final Optional<ConfigFile> file;

    /** Takes values from these sources, the environment first. */
    public OptionDefaults(Map<String, String> environment, Optional<ConfigFile> file) {
        this.environment = Map.copyOf(environment);
        this.file = file;
    }

    /** The value for an option that is not a flag, or null when no source has one. */
    @Override
    public String defaultValue(ArgSpec argument) {
        return find(argument)
                .filter(found -> !isFlag(argument))
                .map(Found::value)
                .orElse(null);
    }

    /** Where the value for an option comes from, for messages; empty when no source has one. */
    public Optional<String> origin(ArgSpec argument) {
        return find(argument).map(Found::origin);
    }

    /** The key of an option in the configuration file, which is its long name without dashes. */
    public static String key(OptionSpec option) {
        return option.longestName().substring("--".length());
    }

    /** The environment variable of an option. */
    public static String variable(OptionSpec option) {
        return VARIABLE_PREFIX + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Whether an option can be set by the environment and the file at all. */
    public static boolean isConfigurable(OptionSpec option) {
        return !option.usageHelp()
                && !option.versionHelp()
                && !option.longestName().equals("--config");
    }

    /** Whether an option is on or off, and has no value. */
    public static boolean isFlag(ArgSpec argument) {
        return argument.type() == boolean.class || argument.type() == Boolean.class;
    }

    /** The value for an option, from the first source that has one. */
    public Optional<Found> find(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !isConfigurable(option)) {
            return Optional.empty();
        }
        String variable = variable(option);
        String value = environment.getOrDefault(variable, "");
        if (!value.isEmpty()) {
            return Optional.of(new Found(value, "from the environment variable " + variable));
        }
        String key = key(option);
        return file.filter(config -> config.values().containsKey(key))
                .map(config -> new Found(
                        config.values().get(key), "from '" + key + "' in the configuration file " + config.path()));
    }

    /**
     * A value from outside the command line.
     *
     * @param value the value
     * @param origin where it comes from, for messages
     */
    public record Found(String value, String origin) {
        /** Leaves out the value, which may be a key. */
        @Override
        public String toString() {
            return "value from " + origin;
        }
    }
}
