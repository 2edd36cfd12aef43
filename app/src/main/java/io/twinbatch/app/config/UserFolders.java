package io.twinbatch.app.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folders that belong to the user, by the XDG rules: an environment variable names the base folder when it holds an
 * absolute path, otherwise it is a fixed place in the home folder.
 *
 * @param config where {@code config.properties} is looked for
 * @param state what outlives a run: pools, jobs and objects of the local backend
 * @param cache what can be made again: Azurite as installed by npm
 */
public record UserFolders(Path config, Path state, Path cache) {
    private static final String NAME = "twinbatch";

    /**
     * Finds the folders; none of them need exist.
     *
     * @param environment the variables of the process
     * @param home the user's home folder
     */
    public static UserFolders of(Map<String, String> environment, Path home) {
        return new UserFolders(
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve(NAME),
                base(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state"))
                        .resolve(NAME),
                base(environment, "XDG_CACHE_HOME", home.resolve(".cache")).resolve(NAME));
    }

    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        // The XDG rules say that a relative path is to be ignored.
        return value.startsWith("/") ? Path.of(value) : otherwise;
    }
}
