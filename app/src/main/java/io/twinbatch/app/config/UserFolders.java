package io.twinbatch.app.config;

import io.twinbatch.local.disk.UserFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders that belong to the user.
 *
 * @param config the folder of {@code config.properties}
 * @param state what outlives a run: pools, jobs and objects of the local backend
 * @param cache what can be made again: Azurite as installed by npm, and the Java runtime for nodes
 * @param variables the environment variables that the folders come from, by folder
 */
public record UserFolders(Path config, Path state, Path cache, Map<Path, String> variables) {
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
        UserFolder config = UserFolder.config(environment, home);
        UserFolder state = UserFolder.state(environment, home);
        UserFolder cache = UserFolder.cache(environment, home);
        boolean namesHome = environment.getOrDefault("HOME", "").startsWith("/");
        Map<Path, String> variables = Stream.of(config, state, cache)
                .filter(folder -> folder.isNamed() || namesHome)
                .collect(Collectors.toMap(
                        UserFolder::path,
                        folder -> folder.isNamed() ? folder.variable() : "HOME",
                        (first, last) -> last));
        return new UserFolders(config.path(), state.path(), cache.path(), variables);
    }

    /** One of the folders, or what is in it, for messages: with the variable that a user has to correct. */
    public String describe(Path path) {
        return variables.keySet().stream()
                .filter(path::startsWith)
                .findFirst()
                .map(folder -> path + " (from the environment variable " + variables.get(folder) + ")")
                .orElse(path.toString());
    }
}
