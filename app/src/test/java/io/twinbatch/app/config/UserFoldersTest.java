package io.twinbatch.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void withoutVariablesTheFoldersAreInTheHomeFolder() {
        assertThat(UserFolders.of(Map.of(), HOME))
                .isEqualTo(new UserFolders(
                        Path.of("/home/ada/.config/twinbatch"),
                        Path.of("/home/ada/.local/state/twinbatch"),
                        Path.of("/home/ada/.cache/twinbatch")));
    }

    @Test
    void variablesNameOtherPlaces() {
        Map<String, String> environment =
                Map.of("XDG_CONFIG_HOME", "/c", "XDG_STATE_HOME", "/s", "XDG_CACHE_HOME", "/k");
        assertThat(UserFolders.of(environment, HOME))
                .isEqualTo(new UserFolders(
                        Path.of("/c/twinbatch"),
                        Path.of("/s/twinbatch"),
                        Path.of("/k/twinbatch"),
                        Map.of(
                                Path.of("/c/twinbatch"), "XDG_CONFIG_HOME",
                                Path.of("/s/twinbatch"), "XDG_STATE_HOME",
                                Path.of("/k/twinbatch"), "XDG_CACHE_HOME")));
    }

    @Test
    void aFolderIsDescribedWithTheVariableThatItComesFrom() {
        UserFolders folders = UserFolders.of(Map.of("HOME", "/home/ada", "XDG_CACHE_HOME", "/k"), HOME);
        assertThat(folders.describe(folders.cache()))
                .isEqualTo("/k/twinbatch (from the environment variable XDG_CACHE_HOME)");
        assertThat(folders.describe(folders.config().resolve("config.properties")))
                .isEqualTo("/home/ada/.config/twinbatch/config.properties (from the environment variable HOME)");
        assertThat(folders.describe(Path.of("/elsewhere"))).isEqualTo("/elsewhere");
    }

    @Test
    void aRelativePathInAVariableIsIgnored() {
        assertThat(UserFolders.of(Map.of("XDG_STATE_HOME", "state"), HOME).state())
                .isEqualTo(Path.of("/home/ada/.local/state/twinbatch"));
    }
}
