package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("a.txt", "a");
        app.make("b.txt", "b");
    }

    @Test
    void theResultsOfFewInputsAreShownInFullOnStandardOutput() {
        assertThat(app.run("--output-dir=out", "a.txt", "b.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.out().lines())
                .containsExactly(
                        "a.txt  ->  out/a_OUTPUT.txt",
                        "    the    12",
                        "    it's:   7",
                        "",
                        "b.txt  ->  out/b_OUTPUT.txt",
                        "    the    12",
                        "    it's:   7",
                        "");
        assertThat(app.err()).contains("2 of 2 inputs done, results in out");
        assertThat(app.session.closed).isTrue();
    }

    @Test
    void inputsThatAreNotTextAreCountedInOneWarningAndTheirResultsAreTexts() throws IOException {
        app.make("c.gz", "\u001f\u0000\u0001");
        app.make("d.bin", "a\u0000b");

        assertThat(app.run("--output-dir=out", "a.txt", "c.gz", "d.bin")).isEqualTo(ExitCode.DONE);

        assertThat(app.err().lines().filter(line -> line.contains("not text")))
                .singleElement()
                .asString()
                .startsWith("Warning: c.gz and 1 other input are not text in UTF-8 or UTF-16");
        assertThat(app.out()).contains("out/a_OUTPUT.txt", "out/c.gz_OUTPUT.txt", "out/d.bin_OUTPUT.txt");
    }

    @Test
    void theTotalComesLast() {
        assertThat(app.run("--output-dir=out", "--total", "a.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("All inputs together  ->  out/TOTAL_OUTPUT.txt");
    }

    @Test
    void theTotalOfSkippedAndNewInputsIsMadeFromAllOfThemAndThatIsSaid() throws IOException {
        String[] some = {"--total", "--skip-existing", "--output-dir=out", "a.txt"};
        String[] all = {"--total", "--skip-existing", "--output-dir=out", "a.txt", "b.txt"};
        app.run(some);
        assertThat(app.err()).doesNotContain("processed again");

        assertThat(app.run(all)).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("TOTAL_OUTPUT.txt (", ") would be overwritten; force it (--force)");
        Files.delete(folder.resolve("out/TOTAL_OUTPUT.txt"));
        assertThat(app.run(all)).as(app.err()).isEqualTo(ExitCode.DONE);

        assertThat(app.session.plans.get(1).tasks()).hasSize(2);
        assertThat(app.err()).contains("All 2 inputs are processed again, also those that have a result");
    }

    @Test
    void twentyOfManyInputsHaveALineUnlessAllAreAskedFor() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 10; i < 70; i++) {
            names.add("many/" + i + ".txt");
            app.make(names.get(names.size() - 1), "x");
        }
        assertThat(app.run("--all", "--output-dir=out", "many")).isEqualTo(ExitCode.DONE);
        assertThat(app.out().lines().filter(line -> line.contains("the 12, it's: 7")))
                .hasSize(60);
        assertThat(app.run("--output-dir=out2", "many")).isEqualTo(ExitCode.DONE);
        assertThat(app.out().lines().filter(line -> line.contains("the 12, it's: 7")))
                .hasSize(20);
        assertThat(app.out()).contains("... and 40 inputs more in that folder; --all prints every one");
    }

    @Test
    void withoutAnOutputFolderEachRunHasItsOwn() {
        app.run("a.txt");
        app.run("a.txt");
        assertThat(app.session.plans)
                .allSatisfy(plan -> assertThat(plan.request().outputFolder())
                        .isEqualTo(folder.resolve("twinbatch-output")
                                .resolve(plan.id().value())));
    }

    @Test
    void withoutInputTheSamplesAreTaken() {
        assertThat(app.run()).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("bread.txt  ->", "lighthouses.txt  ->", "rivers.txt  ->");
        assertThat(app.session.plans.get(0).inputs())
                .allSatisfy(input -> assertThat(input.file().path()).doesNotExist());
    }

    @Test
    void aResultThatExistsIsRefusedBeforeAnyWork() throws IOException {
        app.make("out/a_OUTPUT.txt", "mine");
        assertThat(app.run("--output-dir=out", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("a_OUTPUT.txt");
        assertThat(app.started).isEmpty();
        assertThat(app.run("--output-dir=out", "--force", "a.txt")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void failedTasksAreShownWithWhatTheyWroteAndTheOthersAreThere() {
        app.session.failing.add("a.txt");
        assertThat(app.run("--output-dir=out", "a.txt", "b.txt")).isEqualTo(ExitCode.TASKS_FAILED);
        assertThat(app.err())
                .contains("no result for a.txt: task topNtask0 failed with exit code 3")
                .contains("    | cannot read \\u001b[31minput")
                .contains("1 of 2 inputs done");
        assertThat(app.out()).contains("a.txt  ->  no result", "b.txt  ->  out/b_OUTPUT.txt");
    }

    @ParameterizedTest
    @CsvSource({"TIMED_OUT, 4", "INTERRUPTED, 130", "FAILED, 3"})
    void eachEndingHasItsExitCode(Ending ending, int status) {
        app.session.ending = ending;
        app.session.failing.add("a.txt");
        if (ending == Ending.FAILED) {
            app.session.thrown = Optional.of(new BatchException(ErrorCode.UNAVAILABLE, "pool p", "no nodes"));
        }
        assertThat(app.run("a.txt").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void whatTheProviderThrowsIsOneLineAndHasAnExitCode(ErrorCode code) {
        app.session.thrown = Optional.of(
                new IllegalStateException("wrapped", new BatchException(code, "pool p", "it did not work")));
        int status = app.run("a.txt").status();
        boolean userCanHelp = List.of(ErrorCode.INVALID, ErrorCode.ALREADY_EXISTS, ErrorCode.CONFLICT)
                .contains(code);
        assertThat(status).isEqualTo(userCanHelp ? 2 : 3);
        assertThat(app.err()).contains("twinbatch: pool p: it did not work").doesNotContain("\tat ");
        assertThat(app.session.closed).isTrue();
    }

    @Test
    void aStackTraceIsShownWhenAskedFor() {
        app.session.thrown = Optional.of(new IllegalStateException("broken"));
        assertThat(app.run("a.txt").status()).isEqualTo(3);
        assertThat(app.err())
                .contains("internal error: broken (--verbose shows where)")
                .doesNotContain("\tat ");
    }

    @Test
    void aSignalCancelsTheRunAndDecidesTheExitCode() {
        app.session.ending = Ending.INTERRUPTED;
        app.session.whileRunning = () -> {
            app.interruption.signal(ExitCode.TERMINATED);
            // The run has been told by both ways; a real one clears the flag.
            assertThat(Thread.interrupted()).isTrue();
        };
        assertThat(app.run("a.txt")).isEqualTo(ExitCode.TERMINATED);
        assertThat(app.session.cancelled).isTrue();
    }

    @Test
    void aSignalInterruptsARunOnce() {
        app.session.interruptsItsRun = true;
        app.session.ending = Ending.INTERRUPTED;
        app.session.whileRunning = () -> {
            app.interruption.signal(ExitCode.TERMINATED);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("interrupted by the app beside the session")
                    .isFalse();
        };
        assertThat(app.run("a.txt")).isEqualTo(ExitCode.TERMINATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 120})
    void aTableFitsTheWindowAndItsNamesCanBeToldApart(int columns) throws IOException {
        app.terminal = new Terminal(true, true, true, true, false, () -> columns);
        List<String> arguments = new ArrayList<>(List.of("-y", "--output-dir=out"));
        for (int i = 10; i < 25; i++) {
            String name = "a-name-that-is-much-too-long-for-any-column-of-a-small-window-" + i + ".txt";
            app.make(name, "text");
            arguments.add(name);
        }

        app.run(arguments.toArray(String[]::new));

        List<String> rows =
                app.out().lines().filter(line -> line.startsWith("a-")).toList();
        assertThat(rows)
                .hasSize(15)
                .doesNotHaveDuplicates()
                .allSatisfy(row -> assertThat(row.length()).isLessThanOrEqualTo(columns));
    }

    @Test
    void nothingIsAskedWithoutATerminal() {
        app.answers = "n\nn\n";
        app.run("a.txt");
        assertThat(app.session.deletedJob).isTrue();
        assertThat(app.err()).doesNotContain("Delete job");
    }

    @Test
    void onATerminalTheUserIsAskedUnlessTheyHaveSaidYes() {
        app.terminal = new Terminal(true, true, true, () -> 80);
        app.answers = "n\n";
        app.run("a.txt");
        assertThat(app.session.deletedJob).isFalse();
        app.run("--yes", "a.txt");
        assertThat(app.session.deletedJob).isTrue();
        app.run("--json", "a.txt");
        assertThat(app.session.deletedJob).isTrue();
    }

    @Test
    void aDryRunStartsNothingAndLeavesNothing() throws IOException {
        assertThat(app.run("--dry-run", "--total", "a.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.started).isEmpty();
        assertThat(app.out()).contains("Nothing is done", "topNtask0", "--filepath in-0.txt", "TOTAL_OUTPUT.txt");
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.txt", "b.txt", "home");
        }
    }

    @Test
    void theNodesAreWhatTheUserAsksFor() throws IOException {
        app.run("--nodes=3", "--spot", "--vm-size=standard_f4s_v2", "--vm-image=a:b-1:c_2", "--slots=4", "a.txt");
        PoolSpec pool = app.session.plans.get(0).pool();
        assertThat(pool.spotNodes()).isEqualTo(3);
        assertThat(pool.dedicatedNodes()).isZero();
        assertThat(pool.vmSize()).isEqualTo("standard_f4s_v2");
        assertThat(pool.image()).isEqualTo(new VmImage("a", "b-1", "c_2"));
        assertThat(pool.metadata()).containsEntry("twinbatch_owner", "ada@laptop");

        app.run("--json", "--dry-run", "--spot", "a.txt");
        JsonNode plan = JSON.readTree(app.out()).at("/plan");
        assertThat(plan.at("/spot").asBoolean()).isTrue();
        assertThat(plan.at("/vmSize").asText()).isEqualTo("standard_d2s_v5");
        assertThat(plan.at("/image").asText()).isEqualTo("canonical:ubuntu-24_04-lts:server");
    }

    @Test
    void spotNodesCanStandBesideOthers() {
        assertThat(app.run("--nodes=2", "--spot-nodes=3", "a.txt")).isEqualTo(ExitCode.DONE);
        PoolSpec pool = app.session.plans.get(0).pool();
        assertThat(pool.dedicatedNodes()).isEqualTo(2);
        assertThat(pool.spotNodes()).isEqualTo(3);

        assertThat(app.run("--spot", "--spot-nodes=3", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("leave out one");
        assertThat(app.run("--backend=azure", "--nodes=11", "--spot-nodes=10", "a.txt"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--nodes and --spot-nodes, 21 together, is more than --max-nodes 20 allows");
    }

    @Test
    void moreNodesThanTheUserMeansToPayForAreRefused() {
        assertThat(app.run("--backend=azure", "--nodes=21", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err())
                .contains("--nodes 21 is more than --max-nodes 20 allows", "add --max-nodes 21", "max-nodes=21");
        assertThat(app.run("--nodes=21", "a.txt")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatARunOnAzureCreatesIsSaidBeforeItDoes() {
        app.environment.put("AZURE_BATCH_ACCOUNT", "mybatch");
        app.environment.put("AZURE_BATCH_ENDPOINT", "https://mybatch.westeurope.batch.azure.com");
        app.environment.put("AZURE_STORAGE_ACCOUNT", "mystorage");
        List<String> before = new ArrayList<>();
        app.session.whileRunning = () -> before.addAll(app.err().lines().toList());

        assertThat(app.run("--backend=azure", "--nodes=2", "--spot", "a.txt")).isEqualTo(ExitCode.DONE);

        String id = app.session.plans.get(0).id().value();
        assertThat(before)
                .hasSize(6)
                .contains(
                        "  1 task for 4 task slots: 1 node would do (--nodes=1)",
                        "  pool pool-" + id + ": 2 spot nodes of standard_d2s_v5 (canonical:ubuntu-24_04-lts:server),"
                                + " 2 task slots each",
                        "  job job-" + id + ": 1 task for 1 input (1 byte), stopped after 20 min");
        assertThat(before.get(5)).startsWith("and delete its containers, job, pool. Nodes cost money");
    }

    @Test
    void theImageOfANodeHasThreeParts() {
        assertThat(app.run("--vm-image=ubuntu", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--vm-image: publisher, offer and sku, such as canonical:");
        assertThat(app.run("--vm-size=a b", "a.txt")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theFormerNameOfTheImageOfANodeStillWorksAndSaysSo() {
        assertThat(app.run("--image=a:b-1:c_2", "a.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.session.plans.get(0).pool().image()).isEqualTo(new VmImage("a", "b-1", "c_2"));
        assertThat(app.session.plans.get(0).pool().containerImages()).isEmpty();
        assertThat(app.err()).contains("--image=a:b-1:c_2 names the operating system of the nodes; --vm-image does");
        assertThat(app.run("--image=a:b:c", "--vm-image=a:b:c", "a.txt")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aCommandRunsInAContainerImageOnNodesThatCanRunIt() throws IOException {
        app.run("--image=tools/convert:2", "--command=cat {}", "a.txt");
        PoolSpec pool = app.session.plans.get(0).pool();
        assertThat(pool.containerImages()).containsExactly(new ContainerImage("tools/convert:2"));
        assertThat(pool.image()).isEqualTo(VmImage.UBUNTU_WITH_CONTAINERS);

        app.run("--image=tools/convert:2", "--vm-image=a:b:c", "--command=cat {}", "a.txt");
        assertThat(app.session.plans.get(1).pool().image()).isEqualTo(new VmImage("a", "b", "c"));

        app.run("--dry-run", "--image=localhost:5000/x", "--command=cat {}", "a.txt");
        assertThat(app.out()).contains("run the tasks in containers of the image localhost:5000/x:latest");
        app.run("--dry-run", "--json", "--image=x", "--command=cat {}", "a.txt");
        assertThat(JSON.readTree(app.out()).at("/plan/containerImage").asText()).isEqualTo("x:latest");
    }

    @Test
    void theWordCounterRunsInNoContainer() {
        assertThat(app.run("--image=busybox:1", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--image needs --command or --script");
        assertThat(app.run("--image=Busy Box", "--command=cat {}", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--image: the name of a container image, such as busybox:1.36");
        assertThat(app.started).isEmpty();
    }

    @Test
    void aQuotaThatIsExhaustedLeadsToTheCleanup() {
        app.session.thrown = Optional.of(new BatchException(ErrorCode.QUOTA, "pool p", "no further pool"));
        app.run("a.txt");
        assertThat(app.err())
                .contains(
                        "pool p: no further pool; app/app cleanup with the same --backend lists what earlier runs have"
                                + " left");
    }

    @Test
    void theTimeOfARunBeginsWithTheProgramAndHasTheStartOfTheBackendInIt() throws IOException {
        app.whileStarting = () -> app.clock.advance(Duration.ofSeconds(4));
        app.session.whileRunning = () -> app.clock.advance(Duration.ofSeconds(3));
        assertThat(app.run("--json", "a.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.err()).contains(", after 7.0 s: 1 of 1 input done");
        assertThat(JSON.readTree(app.out()).at("/run/elapsedSeconds").asDouble())
                .isEqualTo(7.0);
    }

    @Test
    void theJsonDocumentHasEverythingAboutAResult() throws IOException {
        app.session.failing.add("b.txt");
        assertThat(app.run("--json", "--total", "--output-dir=out", "a.txt", "b.txt"))
                .isEqualTo(ExitCode.TASKS_FAILED);
        JsonNode document = JSON.readTree(app.out());
        assertThat(document.at("/format").asInt()).isEqualTo(1);
        assertThat(document.at("/command").asText()).isEqualTo("run");
        assertThat(document.at("/status").asText()).isEqualTo("failed");
        assertThat(document.at("/exitCode").asInt()).isEqualTo(1);
        assertThat(document.at("/run/outputDir").asText()).endsWith("/out");
        assertThat(document.at("/run/elapsedSeconds").isNumber()).isTrue();
        JsonNode first = document.at("/inputs/0");
        assertThat(first.at("/status").asText()).isEqualTo("done");
        assertThat(first.at("/output").asText()).isEqualTo(folder + "/out/a_OUTPUT.txt");
        assertThat(first.at("/sha256").asText()).hasSize(64);
        assertThat(first.at("/words/1/word").asText()).isEqualTo("it's:");
        assertThat(first.at("/words/1/count").asInt()).isEqualTo(7);
        JsonNode second = document.at("/inputs/1");
        assertThat(second.at("/status").asText()).isEqualTo("taskFailed");
        assertThat(second.at("/taskExitCode").asInt()).isEqualTo(3);
        assertThat(second.at("/stderr").asText()).isEqualTo(FakeSession.STDERR);
        assertThat(document.at("/total/status").asText()).isEqualTo("done");
        assertThat(document.at("/remaining").isArray()).isTrue();
    }

    @Test
    void failuresAreJsonToo() throws IOException {
        app.session.thrown = Optional.of(new BatchException(
                ErrorCode.QUOTA,
                "pool p",
                "too many",
                new ServiceError("PoolQuotaReached", "no more", "r-1", Map.of("limit", "1")),
                null));
        assertThat(app.run("--json", "a.txt")).isEqualTo(ExitCode.PROVIDER);
        JsonNode document = JSON.readTree(app.out());
        assertThat(document.at("/status").asText()).isEqualTo("error");
        assertThat(document.at("/error/code").asText()).isEqualTo("QUOTA");
        assertThat(document.at("/error/service/details/limit").asText()).isEqualTo("1");
        assertThat(app.run("--json", "--nodes=x")).isEqualTo(ExitCode.USAGE);
        assertThat(JSON.readTree(app.out()).at("/error/code").asText()).isEqualTo("USAGE");
    }

    @Test
    void aPlanIsJsonToo() throws IOException {
        assertThat(app.run("--json", "--dry-run", "--total", "a.txt")).isEqualTo(ExitCode.DONE);
        JsonNode document = JSON.readTree(app.out());
        assertThat(document.at("/status").asText()).isEqualTo("planned");
        assertThat(document.at("/plan/containers")).hasSize(3);
        assertThat(document.at("/plan/tasks/0/inputs/0/input").asText()).isEqualTo("a.txt");
        assertThat(document.at("/plan/total/output").asText()).endsWith("/TOTAL_OUTPUT.txt");
    }

    @Test
    void eachRunWritesAReportBesideItsResultsAndNamesIt() {
        app.session.failing.add("a.txt");
        assertThat(app.run("--output-dir=out", "a.txt", "b.txt")).isEqualTo(ExitCode.TASKS_FAILED);
        assertThat(app.err()).contains("Report: out/report.html\n");
        assertThat(folder.resolve("out/report.html")).content().contains("cannot read \\u001b[31minput");
        assertThat(folder.resolve("out/report.json")).content().contains("\"status\" : \"failed\"");
    }

    @Test
    void withoutReportNoneIsWritten() {
        assertThat(app.run("--no-report", "--output-dir=out", "a.txt")).isEqualTo(ExitCode.DONE);
        app.environment.put("TWINBATCH_REPORT", "false");
        assertThat(app.run("--output-dir=out", "b.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.err()).doesNotContain("Report:");
        assertThat(folder.resolve("out/report.html")).doesNotExist();
        assertThat(app.run("--report", "--output-dir=out2", "b.txt")).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("out2/report.html")).exists();
    }

    @Test
    void aReportThatCannotBeWrittenIsAWarning() throws IOException {
        app.session.whileRunning = () -> {
            try {
                Files.writeString(folder.resolve("out"), "a file in the place of the folder");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new BatchException(ErrorCode.UNAVAILABLE, "job x", "no answer");
        };
        assertThat(app.run("--output-dir=out", "a.txt")).isEqualTo(ExitCode.PROVIDER);
        assertThat(app.err()).contains("Warning: the report of the run could not be written to out:", "no answer");
    }

    @Test
    void whenTheProviderFailsTheReportSaysWhy() {
        app.session.thrown = Optional.of(new BatchException(ErrorCode.UNAVAILABLE, "job x", "no answer for 5 min"));
        assertThat(app.run("--output-dir=out", "a.txt")).isEqualTo(ExitCode.PROVIDER);
        assertThat(folder.resolve("out/report.html")).content().contains("no answer for 5 min", "1 task did not run");
        assertThat(folder.resolve("out/report.json")).content().contains("\"status\" : \"error\"", "UNAVAILABLE");
    }

    @Test
    void aPriceThatIsNoNumberIsRefused() {
        assertThat(app.run("--node-price=cheap", "a.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--node-price: a number such as 0.096, not 'cheap'");
    }
}
