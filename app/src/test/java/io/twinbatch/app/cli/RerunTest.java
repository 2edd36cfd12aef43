package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RerunTest {
    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("texts/a.txt", "a");
        app.make("texts/b.txt", "b");
        app.session.failing.add("b.txt");
    }

    private RunPlan last() {
        return app.session.plans.get(app.session.plans.size() - 1);
    }

    /** Runs it, with {@code b.txt} failing, and lets it succeed the next time. */
    private String failOnce(String... arguments) {
        assertThat(app.run(arguments)).as(app.err()).isEqualTo(ExitCode.TASKS_FAILED);
        app.session.failing.clear();
        return last().id().value();
    }

    @Test
    void theInputsThatFailedRunAgainWithTheSameOptionsAndIntoTheSameFolder() {
        String run = failOnce("-n", "7", "--output-dir=out", "--retries=2", "--timeout=7m", "texts");
        RunPlan first = last();

        assertThat(app.run("rerun", "--failed", run)).as(app.err()).isEqualTo(ExitCode.DONE);

        RunPlan again = last();
        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(open(again)).containsExactly("texts/b.txt");
        assertThat(again.request().outputFolder()).isEqualTo(first.request().outputFolder());
        assertThat(again.request().limits()).isEqualTo(first.request().limits());
        assertThat(again.request().limits().timeLimit()).isEqualTo(Duration.ofMinutes(7));
        assertThat(again.request().notes()).isEqualTo(first.request().notes());
        assertThat(app.err()).contains("The results of 1 input of 2 are there already");
    }

    private static List<String> open(RunPlan plan) {
        return plan.tasks().stream()
                .flatMap(task -> task.inputs().stream())
                .map(input -> input.file().displayName())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job-", "", "out", "./out/"})
    void theRunIsNamedByItsJobItsIdOrItsFolder(String name) {
        String run = failOnce("--output-dir=out", "texts");

        assertThat(app.run("rerun", "--failed", name.contains("out") ? name : name + run))
                .as(app.err())
                .isEqualTo(ExitCode.DONE);

        assertThat(open(last())).containsExactly("texts/b.txt");
    }

    @Test
    void theAdviceOfTheRunThatFailedRunsWhatFailed() {
        failOnce("--state-dir=my state", "texts");

        String advice = app.err()
                .lines()
                .filter(line -> line.startsWith("To run what failed again: app/app "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(app.err()));
        assertThat(app.typed(advice)).as(app.err()).isEqualTo(ExitCode.DONE);

        assertThat(open(last())).containsExactly("texts/b.txt");
    }

    @Test
    void filesThatTheFolderHasGotSinceDoNotCount() throws IOException {
        String run = failOnce("--output-dir=out", "texts");
        app.make("texts/c.txt", "c");

        assertThat(app.run("rerun", "--failed", run)).isEqualTo(ExitCode.DONE);

        assertThat(last().inputs())
                .extracting(input -> input.file().displayName())
                .containsExactly("texts/a.txt", "texts/b.txt");
    }

    @Test
    void whatTheEnvironmentSetThenCountsAndWhatItSetsNowDoesNot() {
        app.environment.put("TWINBATCH_NUM_WORDS", "9");
        String run = failOnce("--output-dir=out", "texts");
        app.environment.put("TWINBATCH_NUM_WORDS", "4");
        app.environment.put("TWINBATCH_RETRIES", "3");

        assertThat(app.run("rerun", "--failed", run)).as(app.err()).isEqualTo(ExitCode.DONE);

        assertThat(last().request().notes()).containsEntry("num-words", "9");
        assertThat(last().request().limits().maxRetries()).isZero();
    }

    @Test
    void aRerunThatFailsCanBeRunAgainToo() {
        app.session.failing.add("a.txt");
        assertThat(app.run("--output-dir=out", "--job-id=mine", "texts")).isEqualTo(ExitCode.TASKS_FAILED);
        app.session.failing.remove("a.txt");
        assertThat(app.run("rerun", "--failed", "mine")).isEqualTo(ExitCode.TASKS_FAILED);
        app.session.failing.clear();

        assertThat(app.run("rerun", "--failed", last().id().value()))
                .as(app.err())
                .isEqualTo(ExitCode.DONE);

        assertThat(open(last())).containsExactly("texts/b.txt");
        assertThat(last().job().id().value()).startsWith("job-");
    }

    @Test
    void fromAnotherFolderTheSameFilesAreMeant() throws IOException {
        String run = failOnce("--output-dir=out", "texts");
        Files.createDirectory(folder.resolve("elsewhere"));

        assertThat(app.in("elsewhere").run("rerun", "--failed", run))
                .as(app.err())
                .isEqualTo(ExitCode.DONE);

        assertThat(last().request().outputFolder()).isEqualTo(folder.resolve("out"));
        assertThat(open(last())).containsExactly("texts/b.txt");
    }

    @Test
    void whereEverythingHasAResultNothingRuns() {
        app.session.failing.clear();
        app.run("--output-dir=out", "texts");
        String run = last().id().value();

        assertThat(app.run("rerun", "--failed", run)).isEqualTo(ExitCode.DONE);

        assertThat(app.session.plans).hasSize(1);
        assertThat(app.err()).contains("The results of 2 inputs of 2 are there already", "2 of 2 inputs done");
    }

    @Test
    void whatIsMissingIsNamedWithWhatDoesTheSame() throws IOException {
        refuses("needs --failed", "rerun", "x");
        refuses("the journal of the state folder has no run 'none'", "rerun", "--failed", "none");
        assertThat(app.err()).contains("--skip-existing --output-dir=DIR");

        String run = failOnce("--output-dir=out", "texts");
        refuses("ran with --backend=local", "rerun", "--failed", "--backend=azure", run);
        Files.delete(folder.resolve("texts/b.txt"));
        refuses("texts/b.txt: no such file", "rerun", "--failed", run);
    }

    @Test
    void aResultMadeFromOtherContentIsReplacedWhenThatIsAskedFor() throws IOException {
        String run = failOnce("--output-dir=out", "texts");
        app.make("texts/a.txt", "changed");

        refuses(
                "a_OUTPUT.txt (made from other content) would be overwritten; force it (--force)",
                "rerun",
                "--failed",
                run);
        assertThat(app.run("rerun", "--failed", "--force", run)).isEqualTo(ExitCode.DONE);
        assertThat(open(last())).containsExactly("texts/a.txt", "texts/b.txt");
    }

    @Test
    void aTableFromStandardInputIsNotKeptAndThatIsSaid() {
        app.answers = "x\n1\n2\n";
        app.session.failing.addAll(List.of("row-1", "row-2"));
        String run = failOnce("--tasks=-", "--command=echo {x}", "--output-dir=out");

        refuses("came from standard input", "rerun", "--failed", run);
    }

    @Test
    void theConnectionStringOfAnAzuriteIsNotKept() throws IOException {
        String azurite = "--azurite=AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/a";
        String run = failOnce(azurite, "--output-dir=out", "texts");

        try (var files = Files.walk(folder.resolve("state"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("c2VjcmV0"));
        }
        refuses("give it again with --azurite", "rerun", "--failed", run);
        assertThat(app.run("rerun", "--failed", azurite, run)).as(app.err()).isEqualTo(ExitCode.DONE);
        assertThat(app.started.get(1).azurite()).isEqualTo(app.started.get(0).azurite());
    }

    private void refuses(String message, String... arguments) {
        assertThat(app.run(arguments)).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains(message);
    }
}
