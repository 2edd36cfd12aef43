package io.twinbatch.app.runreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.ElapsedTime.Measured;
import io.twinbatch.app.report.FinishedRun;
import io.twinbatch.app.report.RunHeader;
import io.twinbatch.app.report.RunHistory;
import io.twinbatch.app.report.RunHistory.NodeUse;
import io.twinbatch.app.report.RunHistory.StepTime;
import io.twinbatch.app.report.RunHistory.Transferred;
import io.twinbatch.app.run.TopWordsProgram;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    private static final Instant START = Instant.parse("2026-11-22T19:00:00Z");
    private static final String HOSTILE =
            "<script>alert(1)</script>\u001b]0;title\u0007\u202e<img src=x onerror=alert(2)>";

    @TempDir
    private Path folder;

    private Path out;
    private String stderr = "cannot read input\n";
    private Optional<TaskUsage> usage = Optional.empty();
    private Optional<BigDecimal> price = Optional.empty();

    @BeforeEach
    void nameOutputFolder() {
        out = folder.resolve("out");
    }

    @Test
    void thePageShowsFailuresFirstWithWhatTheTaskWrote() throws IOException {
        String page = page(run(30, 7));

        assertThat(page)
                .contains("<h1>Run run-1</h1>", "ended with failures")
                .contains("<h3>topNtask7: input7.txt</h3>", "failed with exit code 3", "cannot read input")
                .contains("topNtask29");
        assertThat(page.indexOf("topNtask7</td>")).isLessThan(page.indexOf("topNtask0</td>"));
    }

    @Test
    void thePageNeedsNothingButItself() throws IOException {
        String page = page(run(3, 1));

        assertThat(page)
                .contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " &#39;sha256-")
                .doesNotContain("<script", "http://", "https://", "<link", " src=", " style=", "url(");
    }

    @Test
    void whatATaskWroteIsTextAndNeverMarkup() throws IOException {
        stderr = HOSTILE + "\nsecond line</pre></body>";

        assertThat(page(run(3, 1)))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u001b]0;title\\u0007\\u202e&lt;img src=x"
                        + " onerror=alert(2)&gt;\n"
                        + "second line&lt;/pre&gt;")
                .doesNotContain("<script", "<img", "\u001b", "\u202e");
    }

    @Test
    void whatTasksUsedIsShownWhereItIsKnownAndNowhereElse() throws IOException {
        assertThat(page(run(3, -1))).doesNotContain("Peak memory", "Processor");
        out = folder.resolve("measured");
        usage = Optional.of(new TaskUsage(
                64L << 20,
                Duration.ofMillis(1200),
                Duration.ofMillis(300),
                Optional.of(new TaskUsage.Io(3L << 20, 2048, 5, 6))));
        FinishedRun run = run(3, -1);

        assertThat(page(run))
                .contains("1.5 s</td><td class=\"number\">64.0 MiB</td><td class=\"number\">3.0 MiB / 2.0 KiB</td>")
                .contains("–</td><td class=\"number\">–</td><td class=\"number\">–</td>")
                .contains("at most 64.0 MiB of memory in one task");
        JsonNode tasks = JsonMapper.builder()
                .build()
                .readTree(Files.readString(out.resolve("report.json")))
                .path("tasks");
        assertThat(tasks.get(1).path("usage").toString())
                .isEqualTo("{\"peakMemoryBytes\":67108864,\"userSeconds\":1.2,\"kernelSeconds\":0.3,"
                        + "\"bytesRead\":3145728,\"bytesWritten\":2048}");
        assertThat(tasks.get(0).has("usage")).isFalse();
    }

    @Test
    void thousandTasksTakeLessThanAMegabyte() throws IOException {
        assertThat(page(run(1_000, 3)).length()).isLessThan(1_000_000);
    }

    @Test
    void ofAHundredThousandTasksTheTableHasTheFailuresAndSaysWhatItLeavesOut() throws IOException {
        String page = page(run(100_000, 77_777));

        assertThat(page.length()).isLessThan(2_000_000);
        assertThat(page)
                .contains("The table has 1,000 of 100,000 tasks, failures first.", "report.json")
                .contains("<td>topNtask77777</td>");
    }

    @Test
    void theCostIsTheTimeOfAllNodesAtThePriceThatIsConfigured() throws IOException {
        assertThat(page(run(3, -1))).contains("no price configured");
        out = folder.resolve("out2");
        price = Optional.of(new BigDecimal("0.5"));

        FinishedRun run = run(3, -1);

        assertThat(page(run)).contains("<dt>Cost of nodes</dt><dd>1.00<small>2 h of 2 nodes at 0.5 per hour</small>");
        JsonNode nodes = json().path("nodes");
        assertThat(nodes.path("nodeSeconds").doubleValue()).isEqualTo(7200.0);
        assertThat(nodes.path("cost").doubleValue()).isEqualTo(1.0);
    }

    @Test
    void theDocumentBesideThePageHasTheFormatOfJsonAndAllTasks() throws IOException {
        page(run(3, 1));

        JsonNode document = json();
        assertThat(document.path("format").intValue()).isEqualTo(1);
        assertThat(document.path("status").textValue()).isEqualTo("failed");
        assertThat(document.path("inputs")).hasSize(3);
        assertThat(document.path("tasks")).hasSize(3);
        assertThat(document.path("tasks").get(1).path("node").textValue()).isEqualTo("tvm-1");
        assertThat(document.path("tasks").get(1).path("taskExitCode").intValue())
                .isEqualTo(3);
        assertThat(document.path("transfers").path("uploads").path("bytes").longValue())
                .isEqualTo(4096);
        assertThat(document.path("steps").get(0).path("step").textValue()).isEqualTo("watch");
        assertThat(document.path("options").path("slotsPerNode").intValue()).isEqualTo(2);
    }

    @Test
    void aReportNeverReplacesAFile() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("report.html"), "mine");

        assertThat(write(run(3, 1))).isEqualTo("report-run-1.html");
        assertThat(out.resolve("report.html")).hasContent("mine");
        assertThat(out.resolve("report-run-1.json")).isRegularFile();
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnError() throws IOException {
        Files.writeString(out, "a file");

        assertThatThrownBy(() -> write(run(3, 1))).isInstanceOf(FileSystemException.class);
    }

    private String page(FinishedRun run) throws IOException {
        return Files.readString(out.resolve(write(run)));
    }

    private String write(FinishedRun run) throws IOException {
        return new ReportFiles(run, out).write();
    }

    private JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(out.resolve("report.json")));
    }

    /** A run of so many tasks on two nodes with two slots, of which one fails. */
    private FinishedRun run(int count, int failing) throws IOException {
        RunPlan plan = plan(count);
        List<InputResult> inputs = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = plan.tasks().get(i).id();
            TaskStatus status = i == failing ? new TaskStatus.Failed(3) : new TaskStatus.Succeeded();
            Outcome outcome = i == failing
                    ? new Outcome.TaskFailed(id, status, stderr)
                    : new Outcome.Done(
                            new CollectedFile(out.resolve("input" + i + "_OUTPUT.txt"), 100, "0".repeat(64)));
            inputs.add(new InputResult(plan.inputs().get(i), Optional.of(id), outcome));
            Instant started = START.plusMillis(500L * (i / 4));
            tasks.add(new Task(
                    new TaskKey(plan.job().id(), id),
                    status,
                    Optional.of(new NodeId("tvm-" + i % 2)),
                    START,
                    Optional.of(started),
                    Optional.of(started.plusMillis(500)),
                    OptionalInt.of(i == failing ? 3 : 0),
                    0,
                    0,
                    i == 1 ? usage : Optional.empty()));
        }
        ExitCode exitCode = failing < 0 ? ExitCode.DONE : ExitCode.TASKS_FAILED;
        RunResult result = new RunResult(
                plan.id(),
                plan.pool().id(),
                plan.job().id(),
                START,
                START.plusSeconds(60),
                inputs,
                Optional.empty(),
                Ending.COMPLETED,
                Optional.empty(),
                List.of(),
                Optional.empty());
        RunHistory history = new RunHistory(
                tasks,
                List.of(new StepTime(Step.WATCH, START, Optional.of(Duration.ofSeconds(50)))),
                new Transferred(count, 4096, Duration.ofSeconds(2)),
                Transferred.NONE,
                new NodeUse(2, Duration.ofHours(2)),
                List.of());
        return new FinishedRun(
                "run",
                new RunHeader("local", plan, out, OptionalInt.empty(), List.of()),
                result,
                exitCode,
                new Measured(START, START.plusSeconds(60), Duration.ofSeconds(60)),
                history,
                price);
    }

    private RunPlan plan(int count) throws IOException {
        Path jar = Files.writeString(folder.resolve("node-task.jar"), "jar");
        Path input = Files.writeString(folder.resolve("input.txt"), "some words");
        List<InputFile> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(new InputFile(input, "input" + i + ".txt", 10));
        }
        RunRequest request = RunRequest.builder(
                        inputs, new TopWordsProgram(jar, 3, JavaRuntime.ofNodes()), folder.resolve("planned"))
                .grouping(InputGrouping.ONE_PER_TASK)
                .build();
        return new RunPlanner(Clock.fixed(START, ZoneOffset.UTC), new Random(1)).plan(new RunId("run-1"), request);
    }
}
