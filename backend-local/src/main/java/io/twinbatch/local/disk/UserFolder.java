package io.twinbatch.local.disk;

import java.nio.file.Path;
import java.util.Map;

/**
 * A folder of this program that belongs to the user, by the <a
 * href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG rules</a>: an environment variable names the base
 * folder when it holds an absolute path, otherwise it is a fixed place in the home folder.
 *
 * @param path the folder, which need not exist
 * @param variable the variable that may name its base
 * @param isNamed whether it does
 */
public record UserFolder(Path path, String variable, boolean isNamed) {
    private static final String NAME = "twinbatch";

    /** For settings. */
    public static UserFolder config(Map<String, String> environment, Path home) {
        return find(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
    }

    /** For what outlives a run. */
    public static UserFolder state(Map<String, String> environment, Path home) {
        return find(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state"));
    }

    /** For what can be made again. */
    public static UserFolder cache(Map<String, String> environment, Path home) {
        return find(environment, "XDG_CACHE_HOME", home.resolve(".cache"));
    }

    /** The cache folder of the user who runs this process. */
    public static Path cacheOfProcess() {
        return cache(System.getenv(), Path.of(System.getProperty("user.home"))).path();
    }

    private static UserFolder find(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        // The XDG rules say that a relative path is to be ignored.
        boolean named = value.startsWith("/");
        return new UserFolder((named ? Path.of(value) : otherwise).resolve(NAME), variable, named);
    }
}
