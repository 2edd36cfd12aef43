package io.twinbatch.app.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The folders that belong to the user, by the XDG rules: an environment variable names the base folder when it holds an
 * absolute path, otherwise it is a fixed place in the home folder.
 *
 * @param config the folder of {@code config.properties}
 * @param state what outlives a run: pools, jobs and objects of the local backend
 * @param cache what can be made again: Azurite as installed by npm, and the Java runtime for nodes
 * @param variables the environment variables that the folders come from, by folder
 */
public record UserFolders(Path config, Path state, Path cache, Map<Path, String> variables) {
    private static final String NAME = "twinbatch";

    public UserFolders {
        variables = Map.copyOf(variables);
    }

    /** Folders that no variable names. */
    public UserFolders(Path config, Path state, Path cache) {
        this(config, state, cache, Map.of());
    }

    /**
     * Finds the folders; none of them need exist.
     *
     * @param environment the variables of the process
     * @param home the user's home folder
     */
    public static UserFolders of(Map<String, String> environment, Path home) {
        Map<Path, String> variables = new HashMap<>();
        Path config = find(environment, "XDG_CONFIG_HOME", home.resolve(".config"), variables);
        Path state = find(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state"), variables);
        Path cache = find(environment, "XDG_CACHE_HOME", home.resolve(".cache"), variables);
        return new UserFolders(config, state, cache, variables);
    }

    /** One of the folders, or what is in it, for messages: with the variable that a user has to correct. */
    public String describe(Path path) {
        return variables.keySet().stream()
                .filter(path::startsWith)
                .findFirst()
                .map(folder -> path + " (from the environment variable " + variables.get(folder) + ")")
                .orElse(path.toString());
    }

    private static Path find(
            Map<String, String> environment, String variable, Path otherwise, Map<Path, String> variables) {
        String value = environment.getOrDefault(variable, "");
        // The XDG rules say that a relative path is to be ignored.
        boolean named = value.startsWith("/");
        Path folder = (named ? Path.of(value) : otherwise).resolve(NAME);
        if (named || environment.getOrDefault("HOME", "").startsWith("/")) {
            variables.put(folder, named ? variable : "HOME");
        }
        return folder;
    }
}
