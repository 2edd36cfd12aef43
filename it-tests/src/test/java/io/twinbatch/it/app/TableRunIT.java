package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs of a command for each row of a table. */
class TableRunIT extends AppTest {
    private static final int ROWS = 60;

    private static final List<String> VALUES = List.of(
            "plain",
            "two words",
            "it's",
            "\"quoted\"",
            "$HOME `id` $(id)",
            "back\\slash",
            "*",
            "gr\u00fc\u00dfe",
            "",
            "-n",
            "a=b;c&d|e");

    private static final String COMMAND =
            "printf '%s|' {word} \"{word}\" {ref} {#} && cat {} {ref} && cat {parts} && printf '%s' \"$word\"";

    /** As {@link #COMMAND}, for the lines of the table behind the first one. */
    private static final String LOOP = """
        tab=$(printf '\\t')
        number=0
        tail -n +2 t.tsv | while IFS= read -r line; do
            number=$((number + 1))
            word=${line%%"$tab"*} line=${line#*"$tab"}
            input=${line%%"$tab"*} line=${line#*"$tab"}
            ref=${line%%"$tab"*} parts=${line#*"$tab"}
            {
                printf '%s|' "$word" "$word" "ref/${ref##*/}" "$number"
                cat "$input" "$ref" $parts
                printf '%s' "$word"
            } >"expected/${input##*/}.out"
        done
        """;

    private void writeTable() {
        StringBuilder table = new StringBuilder("word\tinput\tinput:ref\tinput:parts\n");
        for (int i = 0; i < ROWS; i++) {
            bench().write("texts/text " + i, "text " + i + "\n");
            bench().write("refs/ref " + i % 7, "ref " + i % 7 + "\n");
            bench().write("parts/" + i % 5 + "-a", "a" + i % 5 + "\n");
            bench().write("parts/" + i % 5 + "-b", "b" + i % 5 + "\n");
            table.append(VALUES.get(i % VALUES.size()))
                    .append("\ttexts/text ")
                    .append(i)
                    .append("\trefs/ref ")
                    .append(i % 7)
                    .append("\tparts/")
                    .append(i % 5)
                    .append(i % 2 == 0 ? "-*\n" : "-a\n");
        }
        bench().write("t.tsv", table.toString());
    }

    private Map<String, String> expected() throws IOException, InterruptedException {
        Files.createDirectories(bench().work().resolve("expected"));
        Process loop = new ProcessBuilder("/bin/sh", "-c", LOOP)
                .directory(bench().work().toFile())
                .inheritIO()
                .start();
        assertThat(loop.waitFor()).isZero();
        Map<String, String> expected = FolderContents.of(bench().work().resolve("expected"));
        assertThat(expected).hasSize(ROWS);
        return expected;
    }

    private Map<String, String> results(String folder) {
        return FolderContents.of(bench().work().resolve(folder));
    }

    @Tag("long")
    @Test
    void theRowsOfATableAgreeWithAShellLoopOnEveryBackend() throws Exception {
        writeTable();
        Map<String, String> expected = expected();

        bench().run("--tasks=t.tsv", "--command=" + COMMAND, "--output-dir=local")
                .endsWith(0);
        runOnAzure("--tasks=t.tsv", "--files-per-task=7", "--command=" + COMMAND, "--output-dir=azure");

        assertThat(results("local")).isEqualTo(expected);
        assertThat(results("azure")).isEqualTo(expected);
    }

    @Tag("long")
    @Test
    void aRunThatWasKilledLosesNoRow() throws Exception {
        writeTable();
        HeldTasks held = HeldTasks.on(bench());
        AppRun killed =
                bench().run("--job-id", HeldTasks.JOB, "--tasks=t.tsv", "--command=" + COMMAND, "--output-dir=results");
        held.awaitBegin(killed);
        killed.kill();
        held.release();
        Files.delete(bench().work().resolve("t.tsv"));

        AppRun resumed = bench().start(List.of(
                        "resume",
                        "--azurite=npm",
                        "--state-dir",
                        bench().stateDir().toString(),
                        "held"))
                .endsWith(0);

        assertThat(resumed.err()).contains(ROWS + " of " + ROWS + " inputs done");
        writeTable();
        assertThat(results("results")).isEqualTo(expected());
    }

    @Test
    void aSweepNeedsNoInputAndMakesOnlyTheRowsThatAreNew() {
        bench().write("sweep.tsv", "x\ty\n1\t2\n3\t4\n");
        String[] sweep = {
            "--json",
            "--tasks=sweep.tsv",
            "--command=echo $(({x} * {y})) >{x}-{y}.csv; ls >row-{#}.list",
            "--output={x}-{y}.csv",
            "--output=row-*",
            "--output-dir=results",
            "--skip-existing"
        };
        JsonNode first = bench().run(sweep).endsWith(0).json();
        bench().write("sweep.tsv", "x\ty\r\n1\t2\r\n3\t5\r\n6\t7\r\n");

        AppRun refused = bench().run(sweep).endsWith(2);
        JsonNode second = bench().run(withForce(sweep)).endsWith(0).json();

        assertThat(refused.err()).contains("would be overwritten");
        assertThat(first.path("inputs").path(1).path("input").textValue()).isEqualTo("row 2");
        assertThat(second.path("inputs"))
                .extracting(input -> input.path("status").textValue())
                .containsExactly("upToDate", "done", "done");
        assertThat(second.path("inputs").path(2).path("variables").path("y").textValue())
                .isEqualTo("7");
        assertThat(results("results"))
                .containsEntry("row-1.out/1-2.csv", "2\n")
                .containsEntry("row-1.list", "1-2.csv\nrow-1.list\n")
                .containsEntry("row-2.out/3-5.csv", "15\n")
                .containsEntry("row-3.out/6-7.csv", "42\n");
    }

    private static String[] withForce(String[] words) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--force";
        return all;
    }

    @Test
    void theRowsOfOneFileKeepTheirResults() {
        bench().write("a.txt", "a");
        String[] run = {
            "--json",
            "--tasks=t.tsv",
            "--command=cat {}; echo {k}",
            "--output-dir=results",
            "--skip-existing",
            "--force"
        };
        bench().write("t.tsv", "k\tinput\n1\ta.txt\n2\ta.txt\n3\ta.txt\n");
        bench().run(run).endsWith(0);
        bench().write("b.txt", "b");
        bench().write("t.tsv", "k\tinput\n0\tb.txt\n1\ta.txt\n4\ta.txt\n3\ta.txt\n");

        JsonNode second = bench().run(run).endsWith(0).json();

        assertThat(second.path("inputs"))
                .extracting(input -> input.path("status").textValue())
                .containsExactly("done", "upToDate", "done", "upToDate");
        assertThat(results("results"))
                .isEqualTo(
                        Map.of("b.txt.out", "b0\n", "a.txt.out", "a1\n", "a.txt-2.out", "a4\n", "a.txt-3.out", "a3\n"));
    }

    @Test
    void resultsOfRowsAreCombinedAndTheirLogsKept() {
        Path table = bench().write("t.tsv", "n\n1\n2\n3\n");

        bench().run(
                        "--tasks",
                        table.toString(),
                        "--command=echo {n}; echo log {n} >&2",
                        "--combine=cat {} | paste -sd+ -",
                        "--keep-logs",
                        "--output-dir=results")
                .endsWith(0);

        assertThat(results("results")).containsEntry("row-3.out", "3\n").containsEntry("COMBINED.out", "1+2+3\n");
        assertThat(bench().work().resolve("results/logs/task2/stderr.txt")).hasContent("log 3\n");
    }

    @Test
    void aRowThatFailsIsNamed() {
        bench().write("t.tsv", "code\tinput\n0\ta.txt\n7\ta.txt\n");
        bench().write("a.txt", "a");

        AppRun run = bench().run("--tasks=t.tsv", "--command=exit {code}").endsWith(1);

        assertThat(run.err()).contains("no result for row 2 (a.txt): task task1", "exit code 7");
    }
}
