package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of a run, made by the packaged app and read from the disk. */
class ReportIT extends AppTest {
    private static final String HOSTILE_NAME = "<img src=x onerror=alert(1)>.txt";

    /** Prints markup, a terminal escape and a script, and fails for one file. */
    private static final String COMMAND =
            "case {/} in bad*) printf '<script>alert(2)</script>\\033[31m</pre><b>bold</b>\\n"
                    + "' >&2; exit 7;; esac; cat {}";

    private Path folder() {
        return bench().work().resolve("out");
    }

    private String page() throws IOException {
        return Files.readString(folder().resolve("report.html"));
    }

    private JsonNode data(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readString(folder().resolve(name)));
    }

    private AppRun run(String... options) {
        List<String> words = new ArrayList<>(List.of(
                "--output-dir=out", "--slots=2", "--nodes=2", "--files-per-task=1", "--command=" + COMMAND, "texts"));
        words.addAll(0, List.of(options));
        return bench().run(words.toArray(String[]::new));
    }

    private void writeTexts() {
        for (int i = 0; i < 6; i++) {
            bench().write("texts/text" + i + ".txt", "text " + i);
        }
        bench().write("texts/bad.txt", "bad");
        bench().write("texts/" + HOSTILE_NAME, "text");
    }

    @Test
    void aBrowserWithoutNetworkShowsHostileNamesAndOutputAsText() throws Exception {
        writeTexts();
        AppRun run = run("--node-price=0.5").endsWith(1);

        assertThat(run.err()).contains("Report: out/report.html");
        HeadlessBrowser browser = HeadlessBrowser.ofThisMachine(bench().folder().resolve("browser"));
        HeadlessBrowser.Page seen = browser.open(folder().resolve("report.html"));
        assertThat(seen.console()).as("what the browser complains of").isEmpty();
        assertThat(seen.document())
                .contains("&lt;img src=x onerror=alert(1)&gt;.txt", "&lt;script&gt;alert(2)&lt;/script&gt;")
                .contains("<svg", "ended with failures", "Cost of nodes", "failed with exit code 7")
                .doesNotContain("<script", "<img", "<b>", "\u001b");
        for (String scheme : List.of("light", "dark")) {
            for (int width : List.of(360, 1600)) {
                Path picture = Workbench.project()
                        .resolve("it-tests/target/screenshots/report-" + width + "-" + scheme + ".png");
                browser.picture(folder().resolve("report.html"), width, scheme, picture);
                assertThat(picture).isNotEmptyFile();
            }
        }
    }

    @Tag("long")
    @Test
    void theReportIsAccessible() throws Exception {
        writeTexts();
        run().endsWith(1);
        Path own = bench().folder().resolve("browser");
        String checker = Browser.accessibilityChecker(own);

        try (Browser browser = Browser.start(own)) {
            browser.open(folder().resolve("report.html").toUri().toString());
            for (String scheme : List.of("light", "dark")) {
                for (int width : List.of(360, 1600)) {
                    browser.show(width, scheme);
                    assertThat(browser.accessibilityProblems(checker))
                            .as("%s, %s px", scheme, width)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void theDataOfTheReportIsTheDocumentForMachines() throws IOException {
        writeTexts();
        AppRun run = run("--json").endsWith(1);

        JsonNode data = data("report.json");
        assertThat(data).isEqualTo(run.json());
        assertThat(data.path("tasks")).hasSize(8).allSatisfy(task -> {
            assertThat(task.path("node").textValue()).startsWith("tvm-");
            assertThat(task.path("started").textValue())
                    .isLessThanOrEqualTo(task.path("ended").textValue());
        });
        assertThat(data.path("nodes").path("most").intValue()).isEqualTo(2);
        assertThat(data.path("nodes").path("nodeSeconds").doubleValue()).isPositive();
        assertThat(data.path("transfers").path("downloads").path("files").intValue())
                .isEqualTo(7);
        assertThat(data.path("steps").findValuesAsText("step")).contains("upload", "watch", "download", "cleanup");
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"--timeout=4s, 4, timedOut, ended by its time limit", "--retries=0, 130, interrupted, interrupted"})
    void aRunThatIsStoppedHasAReportOfWhatIsDone(String option, int exitCode, String status, String words)
            throws IOException {
        HeldTasks held = HeldTasks.on(bench());
        bench().write("a.txt", "a");
        bench().write("b.txt", "b");
        AppRun run =
                bench().run(option, "--job-id=" + HeldTasks.JOB, "--slots=2", "--output-dir=out", "a.txt", "b.txt");
        if (exitCode == 130) {
            held.awaitBegin(run);
            run.signal("INT");
        }
        run.endsWith(exitCode);

        assertThat(page()).contains(words, "did not run to an end");
        assertThat(data("report.json").path("status").textValue()).isEqualTo(status);
    }

    @Test
    void aResultThatIsCalledLikeTheReportKeepsItsName() throws IOException {
        bench().write("report.txt", "mine");

        AppRun run = bench().run(
                        "--output-dir=out", "--command=cat {} >report.html", "--output=report.html", "report.txt")
                .endsWith(0);

        assertThat(run.err()).contains("Report: out/report-" + run.id() + ".html");
        assertThat(Workbench.below(folder()).stream().map(Path::toString))
                .contains("report-" + run.id() + ".html", "report-" + run.id() + ".json");
        assertThat(folder().resolve("report.html")).hasContent("mine");
    }

    @Test
    void withoutReportTheResultsAreAlone() {
        bench().write("a.txt", "a");

        bench().run("--no-report", "--output-dir=out", "a.txt").endsWith(0);

        assertThat(Workbench.below(folder())).noneMatch(Workbench::isReport);
    }
}
