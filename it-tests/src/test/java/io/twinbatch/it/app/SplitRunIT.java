package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs over inputs that are processed in pieces come to what runs over the whole inputs come to. */
class SplitRunIT extends AppTest {
    private static final List<String> WORDS = List.of(
            "the",
            "The",
            "of,",
            "(and)",
            "gr\u00fc\u00dfe",
            "\u6771\u4eac",
            "don't",
            "\ud83d\ude00",
            "x".repeat(70),
            "--",
            "1",
            "two",
            "three");

    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\n\n", "\u0085", "\r", " ");

    private void writeTexts() {
        for (int i = 0; i < 4; i++) {
            SplittableRandom random = new SplittableRandom(i);
            StringBuilder text = new StringBuilder(i == 0 ? "\uFEFF" : "");
            while (text.length() < 6000 * (i + 1)) {
                text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
                if (random.nextInt(6) == 0) {
                    text.append(LINE_ENDS.get(random.nextInt(LINE_ENDS.size())));
                }
            }
            bench().write("texts/text " + i + ".txt", text.toString());
        }
        bench().write("texts/empty.txt", "");
        bench().write("texts/line.txt", "long ".repeat(4000));
    }

    /** Results without the lines that name the node and the task. */
    private Map<String, String> words(String folder) {
        return FolderContents.of(bench().work().resolve(folder)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        file -> file.getValue().replaceAll("(?m)^(Node|Task|Job|Pool): .*$", ""),
                        (a, b) -> a,
                        TreeMap::new));
    }

    @Tag("long")
    @Test
    void theWordsOfPiecesAreThoseOfTheWholeText() {
        writeTexts();
        bench().run("-n", "1000", "--total", "--output-dir=whole", "texts").endsWith(0);
        for (String size : List.of("1k", "5000", "16KiB")) {
            AppRun run = bench().run("-n", "1000", "--total", "--split=" + size, "--output-dir=" + size, "texts")
                    .endsWith(0);

            assertThat(words(size)).as(size).isEqualTo(words("whole"));
            assertThat(run.err()).contains("6 of 6 inputs done");
        }
        runOnAzure("-n", "1000", "--total", "--split=7k", "--output-dir=azure", "texts");
        assertThat(words("azure")).isEqualTo(words("whole"));
    }

    @Tag("long")
    @Test
    void whatACommandMakesOfPiecesFollowsEachOther() throws IOException {
        writeTexts();
        String[] options = {"--command=tee {}.copy <{}; [ \"$TWINBATCH_PIECE\" != 3 ] || cp {} third", "texts"};

        for (String size : List.of("1k", "5000", "16KiB")) {
            bench().run("--split=" + size, "--output-dir=" + size, options[0], options[1])
                    .endsWith(0);
            for (int i = 0; i < 4; i++) {
                assertThat(bench().work().resolve(size + "/text " + i + ".txt.out"))
                        .hasSameBinaryContentAs(bench().work().resolve("texts/text " + i + ".txt"));
            }
        }
        runOnAzure("--split=2k", "--output-dir=files", "--output=*.copy", options[0], options[1]);
        Path files = bench().work().resolve("files");
        for (String name : List.of("text 0.txt", "text 3.txt", "empty.txt", "line.txt")) {
            assertThat(files.resolve(name + ".copy"))
                    .hasSameBinaryContentAs(bench().work().resolve("texts").resolve(name));
        }
    }

    @Test
    void aDryRunShowsThePieces() {
        bench().write("a.txt", "1\n2\n3\n");

        AppRun text = bench().run("--dry-run", "--split=4", "a.txt").endsWith(0);
        JsonNode json = bench().run("--dry-run", "--json", "--split=4", "a.txt")
                .endsWith(0)
                .json();

        assertThat(text.out()).contains("a.txt, piece 1 of 2 (4 bytes)", "a.txt, piece 2 of 2 (2 bytes)");
        JsonNode second = json.path("plan").path("tasks").path(1).path("inputs").path(0);
        assertThat(second.path("input").textValue()).isEqualTo("a.txt");
        assertThat(second.path("piece").intValue()).isEqualTo(2);
        assertThat(second.path("offset").intValue()).isEqualTo(4);
    }

    @Tag("long")
    @Test
    void aPieceThatFailsLeavesTheInputWithoutResultAndTheNextRunMakesIt() {
        bench().write("a.txt", "1\n2\n3\n");
        bench().write("b.txt", "4\n5\n6\n");
        String[] options = {"--split=4", "--output-dir=results", "--skip-existing", "a.txt", "b.txt"};

        AppRun failed = bench().run(with("--command=grep -v 6 {}; ! grep -q 6 {} || exit 9", options))
                .endsWith(1);
        Map<String, String> first = FolderContents.of(bench().work().resolve("results"));
        JsonNode second = bench().run(with("--command=cat {}", with("--force", with("--json", options))))
                .endsWith(0)
                .json();
        JsonNode third = bench().run(with("--command=cat {}", with("--json", options)))
                .endsWith(0)
                .json();
        JsonNode whole = bench().run(
                        with("--command=cat {}", "--json", "--output-dir=results", "--skip-existing", "a.txt", "b.txt"))
                .endsWith(0)
                .json();

        assertThat(failed.err())
                .contains("no result for b.txt: task task3 failed with exit code 9", "1 of 2 inputs done");
        assertThat(first).containsEntry("a.txt.out", "1\n2\n3\n").doesNotContainKey("b.txt.out");
        assertThat(List.of(second, third, whole))
                .extracting(json -> json.path("inputs").path(1).path("status").textValue())
                .containsExactly("done", "upToDate", "upToDate");
        assertThat(FolderContents.of(bench().work().resolve("results"))).containsEntry("b.txt.out", "4\n5\n6\n");
    }

    private static String[] with(String word, String... words) {
        String[] all = new String[words.length + 1];
        all[0] = word;
        System.arraycopy(words, 0, all, 1, words.length);
        return all;
    }

    @Tag("long")
    @Test
    void aRunThatWasKilledLosesNoPiece() {
        writeTexts();
        HeldTasks held = HeldTasks.on(bench());
        AppRun killed = bench().run(
                        "--job-id", HeldTasks.JOB, "--split=2k", "--command=cat {}", "--output-dir=results", "texts");
        held.awaitBegin(killed);
        killed.kill();
        held.release();

        bench().start(List.of(
                        "resume",
                        "--azurite=npm",
                        "--state-dir",
                        bench().stateDir().toString(),
                        "held"))
                .endsWith(0);

        for (int i = 0; i < 4; i++) {
            assertThat(bench().work().resolve("results/text " + i + ".txt.out"))
                    .hasSameBinaryContentAs(bench().work().resolve("texts/text " + i + ".txt"));
        }
    }

    @Test
    void whatCannotBeCutIsRefusedBeforeAnythingIsCreated() throws IOException {
        Files.write(
                bench().work().resolve("wide.txt"), "some\nlines\n".repeat(50).getBytes(StandardCharsets.UTF_16LE));

        AppRun run = bench().run("--split=100", "wide.txt").endsWith(2);

        assertThat(run.err()).contains("input wide.txt: it is UTF-16 or UTF-32").doesNotContain("created");
    }
}
