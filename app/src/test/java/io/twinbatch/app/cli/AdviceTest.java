package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.option.CancelOptions;
import io.twinbatch.app.option.CleanupOptions;
import io.twinbatch.app.option.CommandOptions;
import io.twinbatch.app.option.CompletionOptions;
import io.twinbatch.app.option.DoctorOptions;
import io.twinbatch.app.option.EmulatorOptions;
import io.twinbatch.app.option.InstallOptions;
import io.twinbatch.app.option.LogsOptions;
import io.twinbatch.app.option.OptionReader;
import io.twinbatch.app.option.PortalOptions;
import io.twinbatch.app.option.RerunOptions;
import io.twinbatch.app.option.ResumeOptions;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.option.StatusOptions;
import io.twinbatch.app.option.WaitOptions;
import io.twinbatch.app.run.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/** What a message says to type can be typed as it is, into a shell, and means what is said. */
class AdviceTest {
    private static final RunId RUN = new RunId("20261122-070000-aaaa");
    private static final JobId JOB = new JobId("job-20261122-070000-aaaa");

    /** Text in quotes, as it is in a source; comments have none of the words that are looked for. */
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern COMMAND = Pattern.compile("app/app (?!to\\b)([a-z]+)");

    /** Sources whose texts have options of other programs, and those that are read by machines alone. */
    private static final Pattern OTHER_PROGRAMS = Pattern.compile(
            ".*/(JavaInstallation|RuntimePacker|TopWordsProgram|CountsMerge|Certificate"
                    + "|NpmInstallation|AzuriteProcess|AzuriteConfig|Programs|TaskMapping|ContainerDocuments|ContainerOptions|ContainerMapping|RunArguments|UserSwitch)\\.java|.*/container/.*|.*/node-task/.*");

    /** Of the Azure command line and of Java, which some advice is about. */
    private static final Set<String> OF_OTHER_PROGRAMS =
            Set.of("--filter", "--location", "--query", "--format", "--no");

    private static final Map<String, Supplier<CommandOptions>> COMMANDS = Map.ofEntries(
            Map.entry("run", RunOptions::new),
            Map.entry("resume", ResumeOptions::new),
            Map.entry("rerun", RerunOptions::new),
            Map.entry("wait", WaitOptions::new),
            Map.entry("status", StatusOptions::new),
            Map.entry("logs", LogsOptions::new),
            Map.entry("cleanup", CleanupOptions::new),
            Map.entry("doctor", DoctorOptions::new),
            Map.entry("portal", PortalOptions::new),
            Map.entry("emulator", EmulatorOptions::new),
            Map.entry("cancel", CancelOptions::new),
            Map.entry("completion", CompletionOptions::new),
            Map.entry("install", InstallOptions::new));

    static Stream<Function<NextCommands, String>> nextCommands() {
        return Stream.of(
                NextCommands::status,
                next -> next.status(JOB.value()),
                next -> next.logs(JOB, "topNtask0", " --stderr"),
                next -> next.logs(JOB, "topNtask0", " --follow"),
                next -> next.resume(JOB.value()),
                next -> next.resume(RUN.value()),
                next -> next.cleanup(RUN),
                NextCommands::leftovers);
    }

    @ParameterizedTest
    @MethodSource("nextCommands")
    void aNextCommandIsOneOfTheAppAtTheSameBackendAndFolder(Function<NextCommands, String> advice) throws Exception {
        for (Backend backend : Backend.values()) {
            for (String folder : List.of("state", "/my $x's \"state\"; *", "-state")) {
                ParseResult read = parsed(advice.apply(new NextCommands(backend, Optional.of(Path.of(folder)))));

                Backend option = read.matchedOptionValue("--backend", null);
                assertThat(option).isEqualTo(backend);
                Object stateDir = read.matchedOptionValue("--state-dir", Optional.empty());
                assertThat(stateDir)
                        .isEqualTo(backend == Backend.LOCAL ? Optional.of(Path.of(folder)) : Optional.empty());
            }
        }
    }

    @Test
    void theCleanupOfARunDeletesWhatThatRunHasLeft() throws Exception {
        ParseResult cleanup = parsed(new NextCommands(Backend.LOCAL, Optional.empty()).cleanup(RUN));
        assertThat((Object) cleanup.matchedOptionValue("--run", Optional.empty()))
                .isEqualTo(Optional.of(RUN));

        ParseResult list = parsed(new NextCommands(Backend.LOCAL, Optional.empty()).leftovers());
        assertThat((Object) list.matchedOptionValue("--dry-run", false)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"results", "/my $x's results", "-o; *"})
    void theRestOfARunGoesIntoTheFolderOfItsResults(String folder) throws Exception {
        String options = RunCommand.optionsForTheRest(Path.of(folder));

        ParseResult read = parsed("app/app run a.txt " + options);

        assertThat((Object) read.matchedOptionValue("--skip-existing", false)).isEqualTo(true);
        assertThat((Object) read.matchedOptionValue("--output-dir", Optional.empty()))
                .isEqualTo(Optional.of(Path.of(folder)));
    }

    @Test
    void everyOptionAndCommandThatAMessageNamesExists() throws IOException {
        Set<String> options = new TreeSet<>(OF_OTHER_PROGRAMS);
        COMMANDS.values()
                .forEach(command -> options.addAll(OptionReader.parser(command.get())
                        .getCommandSpec()
                        .optionsMap()
                        .keySet()));
        COMMANDS.values()
                .forEach(command -> options.addAll(OptionReader.parser(command.get())
                        .getCommandSpec()
                        .negatedOptionsMap()
                        .keySet()));
        Set<String> unknown = new TreeSet<>();
        int found = 0;
        for (Path source : sources()) {
            Matcher literals = LITERAL.matcher(Files.readString(source));
            while (literals.find()) {
                String text = literals.group(1);
                for (String option : all(OPTION, text, 0)) {
                    found++;
                    if (!options.contains(option.replaceFirst("-$", ""))) {
                        unknown.add(source.getFileName() + ": " + option);
                    }
                }
                for (String command : all(COMMAND, text, 1)) {
                    found++;
                    if (!COMMANDS.containsKey(command)) {
                        unknown.add(source.getFileName() + ": app/app " + command);
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(found).isGreaterThan(100);
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(group))
                .toList();
    }

    private static List<Path> sources() throws IOException {
        Path project =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("api", "app", "backend-azure", "backend-local")) {
            try (Stream<Path> files = Files.walk(project.resolve(module).resolve("src/main/java"))) {
                files.filter(path -> path.toString().endsWith(".java"))
                        .filter(path -> !OTHER_PROGRAMS.matcher(path.toString()).matches())
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    /** A line as a shell divides it into words, read by the parser of its command. */
    private static ParseResult parsed(String line) throws Exception {
        List<String> words = AppFixture.words(line);
        assertThat(words.get(0)).isEqualTo("app/app");
        assertThat(COMMANDS).containsKey(words.get(1));
        return OptionReader.parser(COMMANDS.get(words.get(1)).get())
                .parseArgs(words.subList(2, words.size()).toArray(String[]::new));
    }
}
