package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.config.OptionDefaults;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.option.CleanupOptions;
import io.twinbatch.app.option.DoctorOptions;
import io.twinbatch.app.option.EmulatorOptions;
import io.twinbatch.app.option.LogsOptions;
import io.twinbatch.app.option.OptionReader;
import io.twinbatch.app.option.ResumeOptions;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.option.StatusOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options of every command have values in the environment that mean nothing. */
class HostileVariablesTest {
    private static final String NONSENSE = "\u0001 s\u0000me/ n@nsense?";

    /** What these hold is checked by the command alone, with the other options or on the node. */
    private static final Set<String> ANY_TEXT = Set.of(
            "TWINBATCH_FILE",
            "TWINBATCH_ACCOUNT",
            "TWINBATCH_KEY",
            "TWINBATCH_COMMAND",
            "TWINBATCH_COMBINE",
            "TWINBATCH_OUTPUT",
            "TWINBATCH_INCLUDE",
            "TWINBATCH_EXCLUDE",
            "TWINBATCH_FILES_FROM",
            "TWINBATCH_TASKS");

    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("a.txt", "a");
    }

    static Stream<String> variables() {
        return commandOptions()
                .flatMap(command -> OptionReader.parser(command).getCommandSpec().options().stream())
                .filter(OptionDefaults::isConfigurable)
                .map(OptionDefaults::variable)
                .filter(variable -> !ANY_TEXT.contains(variable))
                .distinct();
    }

    private static Stream<Object> commandOptions() {
        return Stream.of(
                new RunOptions(),
                new ResumeOptions(),
                new StatusOptions(),
                new LogsOptions(),
                new CleanupOptions(),
                new DoctorOptions(),
                new EmulatorOptions());
    }

    @ParameterizedTest
    @MethodSource("variables")
    void isOneSentenceThatNamesTheVariable(String variable) {
        List<String> problems = new OptionReader(
                        Map.of(variable, NONSENSE),
                        app.folders,
                        commandOptions().toList())
                .problems(Optional.empty());

        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .endsWith(" (from the environment variable " + variable + ")")
                        .doesNotContain("Exception", "java.", "io.twinbatch"));
    }

    @Test
    void isAFindingOfTheDoctorForTheOptionsOfOtherCommandsToo() {
        app.environment.put("TWINBATCH_SLOTS", NONSENSE);

        assertThat(app.run("doctor", "--json")).isEqualTo(ExitCode.USAGE);

        assertThat(app.out()).contains("(from the environment variable TWINBATCH_SLOTS)");
    }

    @Test
    void aRunIsRefusedBeforeAnythingStarts() {
        for (String variable :
                Set.of("TWINBATCH_SLOTS", "TWINBATCH_TOTAL", "TWINBATCH_AZURITE", "TWINBATCH_STATE_DIR")) {
            app.environment.clear();
            app.environment.put(variable, NONSENSE);
            assertThat(app.run("a.txt")).isEqualTo(ExitCode.USAGE);
            assertThat(app.err().lines()).singleElement().asString().contains(variable);
        }
        assertThat(app.started).isEmpty();
    }
}
