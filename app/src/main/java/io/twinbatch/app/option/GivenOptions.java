package io.twinbatch.app.option;

import io.twinbatch.app.config.OptionDefaults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a run as they were given, so that it can be started again: without a connection string, which has a
 * key, and without {@code --detach}, which is about the process alone.
 *
 * @param arguments the words of the command line
 * @param variables what came from the environment or the configuration file, by the variables of the options
 * @param azuriteLeftOut whether there was a connection string
 */
public record GivenOptions(List<String> arguments, Map<String, String> variables, boolean azuriteLeftOut) {
    private static final String AZURITE = "--azurite";
    private static final String DETACH = "--detach";

    static GivenOptions of(RunOptions options, CommandSpec spec) {
        boolean hasKey = options.where
                .azurite
                .endpoint()
                .filter(text -> text.matches("(?s).*[=?].*"))
                .isPresent();
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, String> variables = new LinkedHashMap<>();
        if (spec.defaultValueProvider() instanceof OptionDefaults defaults) {
            for (OptionSpec option : spec.options()) {
                boolean wanted = !parsed.hasMatchedOption(option)
                        && !option.longestName().equals(DETACH)
                        && !(hasKey && option.longestName().equals(AZURITE));
                if (wanted) {
                    defaults.find(option)
                            .ifPresent(found -> variables.put(OptionDefaults.variable(option), found.value()));
                }
            }
        }
        return new GivenOptions(words(parsed.originalArgs(), hasKey), variables, hasKey);
    }

    /**
     * The words of a command line without those about a detached process.
     *
     * @param withoutAzurite whether the choice of Azurite is left out as well
     */
    static List<String> words(List<String> arguments, boolean withoutAzurite) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                words.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            if (withoutAzurite && word.equals(AZURITE)) {
                i++;
            } else if (!(withoutAzurite && word.startsWith(AZURITE + "=")) && !word.matches("--(no-)?detach(=.*)?")) {
                words.add(word);
            }
        }
        return words;
    }
}
