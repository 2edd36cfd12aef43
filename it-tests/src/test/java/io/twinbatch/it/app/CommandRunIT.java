package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs of a command of the user's own. */
class CommandRunIT extends AppTest {
    private static final int FILES = 200;
    private static final List<String> ODD = List.of(
            "with space",
            "it's",
            "\"quoted\"",
            "$HOME",
            "`id`",
            "$(id)",
            "back\\slash",
            "two\nlines",
            "tab\there",
            "*",
            "?x",
            "[a-z]",
            "{}",
            "{.}",
            "a;b&c|d",
            "<in>",
            "(x)",
            "#comment",
            "!bang",
            "~",
            "100%",
            "a^b",
            "x=y",
            "-n",
            "--output=x",
            "trailing ",
            "trailing.",
            "gr\u00fc\u00dfe",
            "\u6771\u4eac",
            "\ud83d\ude00",
            "archive.tar",
            "in-1",
            "r-1",
            "twinbatch-manifest",
            "x".repeat(180));

    /** As the command of {@link #COMMAND}, for one file in the folder. */
    private static final String LOOP = """
        for file in ./*; do
            name=${file#./}
            { tr a-z A-Z <"$file"; printf "%s\\n" "$name"; } >"../expected/$name.out"
        done
        """;

    private static final String COMMAND = "tr a-z A-Z <{}; printf \"%s\\n\" {/}";

    private void writeTexts() {
        for (int i = 0; i < FILES; i++) {
            String name = ODD.get(i % ODD.size()) + (i < ODD.size() ? "" : "_" + i) + (i % 3 == 0 ? ".txt" : "");
            bench().write("texts/" + name, "text " + i + "\nof " + name);
        }
    }

    private Map<String, String> expected() throws IOException, InterruptedException {
        Files.createDirectories(bench().work().resolve("expected"));
        Process loop = new ProcessBuilder("/bin/sh", "-c", LOOP)
                .directory(bench().work().resolve("texts").toFile())
                .inheritIO()
                .start();
        assertThat(loop.waitFor()).isZero();
        return FolderContents.of(bench().work().resolve("expected"));
    }

    @Test
    void twoHundredOddNamesAgreeWithAShellLoopOnEveryBackend() throws Exception {
        writeTexts();
        Map<String, String> expected = expected();
        assertThat(expected).hasSize(FILES);

        bench().run("--command=" + COMMAND, "--output-dir=local", "texts").endsWith(0);

        assertThat(FolderContents.of(bench().work().resolve("local"))).isEqualTo(expected);
        runOnAzure("--command=" + COMMAND, "--output-dir=azure", "texts");
        assertThat(FolderContents.of(bench().work().resolve("azure"))).isEqualTo(expected);
    }

    @Tag("long")
    @Test
    void filesThatACommandLeavesAreTheSameOnEveryBackend() throws Exception {
        writeTexts();
        String[] options = {
            "--command=gzip -nk {} && mkdir d && cp {} d/copy && cp {}.gz {.}-2.gz",
            "--output=*.gz",
            "--output=d/*",
            "--output=copies/*",
            "--combine=for file in {}; do printf \"%s \" \"$file\"; cksum <\"$file\"; done",
            "texts"
        };
        options[0] = options[0] + " && mkdir copies && cp {} copies/{/}";

        bench().run(with(options, "--output-dir=local")).endsWith(0);
        runOnAzure(with(options, "--output-dir=azure"));

        Map<String, String> local = FolderContents.of(bench().work().resolve("local"));
        assertThat(local)
                .hasSize(4 * FILES + 1)
                .isEqualTo(FolderContents.of(bench().work().resolve("azure")));
        assertThat(local)
                .containsKeys("COMBINED.out", "with space.txt.gz", "with space-2.gz", "with space.txt.out/d/copy");
    }

    private static String[] with(String[] words, String another) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(0, another);
        return all.toArray(String[]::new);
    }

    @Tag("long")
    @Test
    void aRunThatWasKilledLosesNothing() throws Exception {
        writeTexts();
        HeldTasks held = HeldTasks.on(bench());
        AppRun killed = bench().run(
                        "--job-id",
                        HeldTasks.JOB,
                        "--command=" + COMMAND,
                        "--files-per-task=20",
                        "--output-dir=results",
                        "texts");
        held.awaitBegin(killed);
        killed.kill();
        held.release();

        AppRun resumed = bench().commandWithStore("resume", "held").endsWith(0);

        assertThat(resumed.err()).contains("Resuming job [held]", FILES + " of " + FILES + " inputs done");
        assertThat(FolderContents.of(bench().work().resolve("results"))).isEqualTo(expected());
        assertThat(bench().commandWithStore("cleanup", "--all").endsWith(0).out())
                .isEqualTo("There are no leftovers of earlier runs.\n");
    }

    @Tag("long")
    @Test
    void whatIsThereIsMadeAgainOnlyByAnotherCommand() {
        bench().write("a.txt", "a");
        bench().write("b.txt", "b");
        String[] gzip = {"--command=gzip -nk {} && cp {} log", "--output=*.gz", "--output=log", "--output-dir=results"};
        bench().run(with(gzip, "a.txt")).endsWith(0);

        JsonNode again = bench().run(with(with(with(with(gzip, "--skip-existing"), "--json"), "a.txt"), "b.txt"))
                .endsWith(0)
                .json();

        assertThat(again.path("inputs"))
                .extracting(input -> input.path("status").textValue())
                .containsExactlyInAnyOrder("upToDate", "done");
        assertThat(again.path("inputs").path(0).path("outputs")).hasSize(2);
        gzip[0] = "--command=gzip -9nk {} && cp {} log";
        AppRun other = bench().run(with(with(gzip, "--skip-existing"), "a.txt"));
        assertThat(other.exitCode()).as("%s", other).isEqualTo(2);
        assertThat(other.err()).contains("would be overwritten");
        bench().run(with(with(with(gzip, "--skip-existing"), "--force"), "a.txt"))
                .endsWith(0);
    }

    @Test
    void oneFailureTakesNoOtherResultWithIt() {
        for (String name : List.of("a", "b", "c")) {
            bench().write(name + ".txt", name);
        }

        AppRun run = bench().run(
                        "--files-per-task=3",
                        "--output-dir=results",
                        "--command=cat {}; [ {} != b.txt ] || exit 5",
                        "a.txt",
                        "b.txt",
                        "c.txt")
                .endsWith(1);

        assertThat(FolderContents.of(bench().work().resolve("results")))
                .isEqualTo(Map.of("a.txt.out", "a", "c.txt.out", "c"));
        assertThat(run.err()).contains("no result for b.txt", "exit code 5", "2 of 3 inputs done");
    }

    @Test
    void theLogsOfEveryTaskAreKeptOnRequest() {
        bench().write("a.txt", "a");
        bench().write("b.txt", "b");

        bench().run(
                        "--keep-logs",
                        "--files-per-task=1",
                        "--output-dir=results",
                        "--command=echo begun {}; echo why {} >&2; cp {} {}.copy; [ {} != b.txt ]",
                        "--output=*.copy",
                        "a.txt",
                        "b.txt")
                .endsWith(1);

        assertThat(FolderContents.of(bench().work().resolve("results/logs")))
                .containsEntry("task0/stdout.txt", "begun a.txt\n")
                .containsEntry("task0/stderr.txt", "why a.txt\n")
                .containsEntry("task1/stdout.txt", "begun b.txt\n")
                .hasEntrySatisfying("task1/stderr.txt", text -> assertThat(text).startsWith("why b.txt\n"));
    }

    @Tag("long")
    @Test
    void theLogsOfFailedAndStoppedTasksAreKeptAndPrintedAfterTheRun() {
        bench().write("bad.txt", "a");
        bench().write("good.txt", "b");
        bench().write("slow.txt", "c");

        AppRun failed = bench().run(
                        "--files-per-task=1",
                        "--timeout=10s",
                        "--slots=3",
                        "--output-dir=results",
                        "--command=echo begun {} >&2; case {} in bad*) exit 41;; slow*) sleep 60;; esac",
                        "bad.txt",
                        "good.txt",
                        "slow.txt")
                .endsWith(4);

        assertThat(failed.err()).contains("Logs of 2 tasks are in results/logs.");
        assertThat(FolderContents.of(bench().work().resolve("results/logs")).keySet())
                .containsExactlyInAnyOrder(
                        "task0/stdout.txt", "task0/stderr.txt", "task2/stdout.txt", "task2/stderr.txt");
        String stateDir = bench().stateDir().toString();
        AppRun log = bench().start(List.of(
                        "logs", "--state-dir", stateDir, "--output-dir=results", failed.id(), "task2", "--stderr"))
                .endsWith(0);
        // The shell may still report what killed its child.
        assertThat(log.out()).startsWith("begun slow.txt\n");
    }

    @Test
    void aFailureHasTheExitCodeOfTheCommandAndWhatItWrote() {
        bench().write("a.txt", "a");

        AppRun failed = bench().run("--json", "--command=echo why >&2; exit 41", "a.txt")
                .endsWith(1);
        AppRun nothing = bench().run("--command=true", "--output=*.gz", "a.txt").endsWith(1);

        JsonNode input = failed.json().path("inputs").path(0);
        assertThat(input.path("taskExitCode").intValue()).isEqualTo(41);
        assertThat(input.path("stderr").textValue()).contains("why");
        assertThat(nothing.err()).contains("left no file that --output=*.gz names");
    }
}
