package io.twinbatch.app.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a run was started, so that it can be started again. It holds no key.
 *
 * @param workingFolder what its relative paths are relative to
 * @param arguments the options and inputs of its command line
 * @param variables the options that came from the environment or the configuration file, by their variables
 * @param inputs the inputs that it found, as it called them; empty for the sample texts and for a table of tasks
 * @param azuriteLeftOut whether the connection string of its Azurite is not noted, because it has a key
 */
public record Launch(
        Path workingFolder,
        List<String> arguments,
        Map<String, String> variables,
        List<String> inputs,
        boolean azuriteLeftOut) {
    public Launch {
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
        inputs = List.copyOf(inputs);
    }
}
