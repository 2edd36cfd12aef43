package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.task.CommandLine;
import io.twinbatch.it.emulator.RunningEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples of commands in the README do what they say. */
class ReadmeCommandsIT extends AppTest {
    private static final String HEADING = "## Your own command\n";

    @BeforeEach
    void writeInputs() throws IOException {
        bench().write("texts/a b.txt", "short\na longer line\n");
        bench().write("texts/c.txt", "one\n");
        bench().write("notes/n.md", "# Title\ntext\n\n## Part\n");
        Path examples = Workbench.project().resolve("docs/examples");
        for (String name : List.of("headings.sh", "longest.awk", "sweep.tsv")) {
            bench().write("docs/examples/" + name, Files.readAllBytes(examples.resolve(name)));
        }
    }

    /** The arguments of each example. */
    private static List<List<String>> examples() throws IOException {
        String readme = Files.readString(Workbench.project().resolve("README.md"));
        String block = readme.substring(readme.indexOf(HEADING)).split("```(sh)?\n", 3)[1];
        return block.lines()
                .map(CommandLine::split)
                .map(words -> words.subList(1, words.size()))
                .toList();
    }

    @Test
    void theyRunOnThisMachine() throws IOException {
        List<List<String>> examples = examples();
        assertThat(examples).hasSize(4);

        for (List<String> example : examples) {
            bench().run(with(example, "--output-dir=local")).endsWith(0);
        }

        requireResults("local");
    }

    @Tag("long")
    @Test
    void theyRunOnTheEmulator() throws IOException {
        Path folder = bench().folder().resolve("emulator");
        try (RunningEmulator emulator = RunningEmulator.start(folder, bench().environment())) {
            bench().useStateDir(RunningEmulator.stateDir(folder));
            emulator.environment().forEach(bench()::setEnvironment);

            for (List<String> example : examples()) {
                bench().start(List.of(with(example, "--output-dir=azure", "--backend=azure")))
                        .endsWith(0);
            }

            requireResults("azure");
        }
    }

    /** All results come to one folder, so that they can be compared. */
    private static String[] with(List<String> words, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        words.stream().filter(word -> !word.startsWith("--output-dir=")).forEach(all::add);
        return all.toArray(String[]::new);
    }

    private void requireResults(String output) {
        Path results = bench().work().resolve(output);
        assertThat(results.resolve("a b.txt.gz")).isNotEmptyFile();
        assertThat(results.resolve("c.txt.gz")).isNotEmptyFile();
        assertThat(results.resolve("n.md.out")).hasContent("1 Title\n4 Part\n");
        assertThat(results.resolve("a b.txt.out")).hasContent("13: a longer line\n");
        assertThat(results.resolve("row-2.out")).hasContent("42\n");
    }
}
