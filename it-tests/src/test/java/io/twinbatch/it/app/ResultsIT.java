package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The results of odd texts with odd names are those of an independent count. */
class ResultsIT extends AppTest {
    private static final int FILES = 15;

    @BeforeEach
    void writeTexts() {
        Oracle.require();
        bench().write(
                        "texts/unicode.txt",
                        "Ärger, naïve café — «guillemets» 東京\u3000東京 e\u0301te \u00a0nbsp line\u2028para\u2029next\u0085line"
                                + " zero\u200bwidth \ufefftext “quoted” „quoted“ ¿qué? ǅ ß SS ſ 𝒳 𝒳 \ud83d\ude00"
                                + " file\u001cseparators\u001funit vertical\u000bform\u000cfeed\n");
        bench().write("texts/crlf.txt", "one two\r\ntwo three\r\n\r\nthree three\rlone\r\n");
        bench().write(
                        "texts/invalid.txt",
                        "a \u00ffb \u00c3 \u00e2\u0082 \u00ed\u00a0\u0080 \u00f0\u009f\u0098\n\u00ffb \u00c3"
                                .getBytes(StandardCharsets.ISO_8859_1));
        bench().write("texts/empty.txt", "");
        bench().write("texts/punctuation.txt", "... !!! -- '' \"?\" [{}] `~` \\|/ @#$%^&*()_+=<>,.;:\n");
        bench().write("texts/no-final-newline.txt", "last word last");
        bench().write("texts/one-line.txt", oneLine());
        bench().write("texts/with space.txt", "a name with blanks, a name");
        bench().write("texts/it's \"quoted\".txt", "quotes 'in' \"names\", quotes");
        bench().write("texts/$HOME;`id`&|<>*?.txt", "dollar semicolon; $HOME dollar");
        bench().write("texts/two\nlines.txt", "newline in the name, newline");
        bench().write("texts/-n.txt", "dash -n --total dash");
        bench().write("texts/grüße 東京.txt", "grüße aus 東京 grüße");
        bench().write("texts/deep/er/same.txt", "same the first same first same");
        bench().write("texts/other/same.txt", "same the second same second");
        bench().write("texts/.hidden.txt", "hidden hidden hidden");
    }

    private static String oneLine() {
        StringBuilder line = new StringBuilder("long".repeat(100_000));
        for (int i = 0; i < 200_000; i++) {
            line.append(" w").append(i * 7919L % 997);
        }
        return line.toString();
    }

    @Tag("long")
    @Test
    void theTotalCoversInputsWithAResultAndNewOnesExactly() throws IOException {
        bench().write("first.txt", "one two two");
        bench().write("second.txt", "two three three");
        String[] options = {"--total", "--skip-existing", "-n", "1", "--output-dir=sum", "first.txt", "second.txt"};
        bench().run("--skip-existing", "-n", "1", "--output-dir=sum", "first.txt")
                .endsWith(0);

        AppRun both = bench().run(options).endsWith(0);

        assertThat(both.err()).contains("All 2 inputs are processed again, also those that have a result");
        assertThat(ResultFile.words(bench().work().resolve("sum/TOTAL_OUTPUT.txt")))
                .isEqualTo("two:\t3\n");
        assertThat(bench().run(options).endsWith(0).err()).contains("The results of 2 inputs of 2 are there already");

        Files.delete(bench().work().resolve("sum/first_OUTPUT.txt"));
        bench().run(options).endsWith(0);
        assertThat(bench().work().resolve("sum/first_OUTPUT.txt")).exists();

        bench().write("second.txt", "one one one");
        AppRun refused = bench().run(options).endsWith(2);
        assertThat(refused.err())
                .contains("second_OUTPUT.txt (made from other content), TOTAL_OUTPUT.txt (made from other content)")
                .contains("force it (--force)");
        String[] forced = Arrays.copyOf(options, options.length + 1);
        forced[options.length] = "--force";
        bench().run(forced).endsWith(0);
        assertThat(ResultFile.words(bench().work().resolve("sum/TOTAL_OUTPUT.txt")))
                .isEqualTo("one:\t4\n");
    }

    @Test
    void aFolderIsCountedAsTheOracleCountsIt() {
        AppRun run = bench().run("--json", "--total", "-n", "10", "--output-dir", "results", "texts");

        run.endsWith(0);
        Map<Path, Path> outputs = outputs(run);
        assertThat(outputs).hasSize(FILES).doesNotContainKey(bench().work().resolve("texts/.hidden.txt"));
        assertThat(outputs.values()).doesNotHaveDuplicates();
        requireOracle(outputs);
        assertThat(ResultFile.words(bench().work().resolve("results/TOTAL_OUTPUT.txt")))
                .isEqualTo(Oracle.topWords(10, List.copyOf(outputs.keySet())));
        assertThat(Workbench.results(bench().work().resolve("results")).stream().map(Path::toString))
                .contains("with space_OUTPUT.txt", "two\nlines_OUTPUT.txt", "grüße 東京_OUTPUT.txt", "-n_OUTPUT.txt")
                .contains("$HOME;`id`&|<>*?_OUTPUT.txt", "it's \"quoted\"_OUTPUT.txt", "same_OUTPUT.txt")
                .hasSize(FILES + 1);
    }

    @Tag("long")
    @Test
    void twoFilesToATaskAndNamesGivenInOtherWaysChangeNoResult() {
        AppRun run = bench().run(
                        "--json",
                        "--total",
                        "-n",
                        "10",
                        "--files-per-task",
                        "2",
                        "--output-dir=results",
                        "texts/?*[a-z ]*.txt",
                        "texts/$HOME;`id`&|<>*?.txt",
                        "./texts/**/same.txt",
                        "--",
                        "texts/-n.txt",
                        bench().work().resolve("texts").toString());

        run.endsWith(0);
        Map<Path, Path> outputs = outputs(run);
        assertThat(outputs).hasSize(FILES);
        requireOracle(outputs);
        assertThat(ResultFile.words(bench().work().resolve("results/TOTAL_OUTPUT.txt")))
                .isEqualTo(Oracle.topWords(10, List.copyOf(outputs.keySet())));
        assertThat(run.err()).contains("Added 8 tasks");
    }

    /** The inputs with their outputs, in the order of the document. */
    private Map<Path, Path> outputs(AppRun run) {
        Map<Path, Path> outputs = new LinkedHashMap<>();
        for (JsonNode input : run.json().path("inputs")) {
            Path file = bench().work().resolve(input.path("input").textValue()).normalize();
            outputs.put(file, Path.of(input.path("output").textValue()));
        }
        return outputs;
    }

    private static void requireOracle(Map<Path, Path> outputs) {
        outputs.forEach((input, output) -> assertThat(ResultFile.words(output))
                .as("the words of %s", input)
                .isEqualTo(Oracle.topWords(10, List.of(input))));
    }

    @Tag("long")
    @Test
    void manySmallFilesShareTasksAndTheTableNamesThemAll() {
        for (int i = 0; i < 300; i++) {
            bench().write("many/file-" + i + ".txt", "word" + i + " and and\n");
        }

        AppRun run = bench().run("--all", "--output-dir", "results", "many").endsWith(0);

        List<String> lines =
                run.out().lines().filter(line -> line.contains("_OUTPUT.txt")).toList();
        assertThat(lines).hasSize(300).allMatch(line -> line.contains("and 2, word"));
        assertThat(Workbench.results(bench().work().resolve("results"))).hasSize(300);
        assertThat(run.err()).containsPattern("Added \\d{1,2} tasks");
    }
}
