package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.app.run.TopWordsProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanLinesTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean costs = true;
    private final TickingClock clock = new TickingClock();

    private RunRequest.Builder request() throws IOException {
        Path jar = Files.writeString(folder.resolve("node-task.jar"), "jar");
        InputFile input = InputFile.of(Files.writeString(folder.resolve("a.txt"), "some words"));
        return RunRequest.builder(
                List.of(input), new TopWordsProgram(jar, 3, JavaRuntime.ofNodes()), folder.resolve("out"));
    }

    private List<String> lines(RunRequest request, boolean asks) {
        written.reset();
        RunPlan plan = new RunPlanner(clock, new Random(1)).plan(new RunId("run-1"), request);
        ErrorStream stream =
                new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.NONE, clock);
        new PlanLines(stream, costs).print(plan, asks);
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void itSaysWhatCostsMoneyAndUntilWhen() throws IOException {
        assertThat(lines(request().wantTotal(true).build(), false))
                .containsExactly(
                        "This run will create",
                        "  pool pool-run-1: 1 dedicated node of standard_d2s_v5 (canonical:ubuntu-24_04-lts:server),"
                                + " 2 task slots each",
                        "  job job-run-1: 2 tasks for 1 input (10 bytes), stopped after 20 min",
                        "and delete its containers, job, pool. Nodes cost money from their start to their deletion;"
                                + " when this program is killed, for at most 35 min more.");
    }

    @Test
    void nodesOfAnEmulatorCostNothing() throws IOException {
        costs = false;
        assertThat(lines(request().build(), false)).last().isEqualTo("and delete its containers, job, pool.");
    }

    @Test
    void aNumberOfNodesIsSuggestedThatSuitsTheTasks() throws IOException {
        PoolRequest three =
                new PoolRequest(Optional.empty(), "standard_d4s_v5", new VmImage("a", "b", "c"), 3, 0, 4, 1);
        assertThat(lines(request().pool(three).build(), false))
                .contains("  1 task for 12 task slots: 1 node would do (--nodes=1)");

        List<InputFile> inputs = Collections.nCopies(25, InputFile.of(folder.resolve("a.txt")));
        RunRequest.Builder many = RunRequest.builder(
                inputs,
                new TopWordsProgram(folder.resolve("node-task.jar"), 3, JavaRuntime.ofNodes()),
                folder.resolve("out"));
        assertThat(lines(many.pool(three).build(), false))
                .contains(
                        "  each task slot runs about 3 tasks, one after the other; more nodes shorten that (--nodes)");

        PoolRequest wide = new PoolRequest(Optional.empty(), "standard_d4s_v5", new VmImage("a", "b", "c"), 3, 0, 4, 2);
        assertThat(lines(many.pool(wide).build(), false))
                .as("each task takes two slots")
                .contains(
                        "  each task slot runs about 5 tasks, one after the other; more nodes shorten that (--nodes)");
    }

    @Test
    void whatStaysIsSaid() throws IOException {
        PoolRequest wish = new PoolRequest(
                Optional.of(new PoolId("mine")), "standard_d4s_v5", new VmImage("a", "b", "c"), 0, 3, 4, 1);
        List<String> lines = lines(request().pool(wish).build(), true);
        assertThat(lines)
                .contains("  pool mine unless it exists: 3 spot nodes of standard_d4s_v5 (a:b:c), 4 task slots each");
        PoolRequest mixed =
                new PoolRequest(Optional.empty(), "standard_d4s_v5", new VmImage("a", "b", "c"), 1, 3, 4, 1);
        assertThat(lines(request().pool(mixed).build(), true))
                .anyMatch(line -> line.endsWith(
                        ": 1 dedicated node and 3 spot nodes of standard_d4s_v5 (a:b:c), 4 task slots each"));
        assertThat(lines.get(4))
                .startsWith("and delete its containers, job, pool unless it existed, after asking when all went well.");
        assertThat(lines(request().keepPool(true).build(), false).get(3))
                .startsWith("and delete its containers, job; its pool stays.");
        assertThat(lines(request().keepPool(true).keepJob(true).build(), true).get(3))
                .startsWith("and delete its containers; its job and pool stay.");
    }
}
