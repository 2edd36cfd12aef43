package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that do not come to a good end: they end in time, say why, and leave nothing but what is asked for. */
class StoppingIT extends AppTest {
    private static final Duration STOPPING = Duration.ofSeconds(30);
    private static final Duration AZURITE_ENDS = Duration.ofSeconds(15);

    private HeldTasks held;

    @BeforeEach
    void writeInputs() {
        held = HeldTasks.on(bench());
        for (String name : new String[] {"a", "b", "c"}) {
            bench().write(name + ".txt", name + " and " + name);
        }
    }

    private AppRun startHeld(String... options) {
        String[] arguments = new String[options.length + 7];
        System.arraycopy(options, 0, arguments, 0, options.length);
        String[] common = {"--job-id", HeldTasks.JOB, "--slots=2", "--output-dir=results", "a.txt", "b.txt", "c.txt"};
        System.arraycopy(common, 0, arguments, options.length, common.length);
        return bench().run(arguments);
    }

    private void requireOtherResults() {
        Path results = bench().work().resolve("results");
        assertThat(Workbench.results(results))
                .containsExactlyInAnyOrder(Path.of("b_OUTPUT.txt"), Path.of("c_OUTPUT.txt"));
        assertThat(ResultFile.words(results.resolve("b_OUTPUT.txt"))).isEqualTo("b:\t2\nand:\t1\n");
    }

    @Test
    void aTaskThatTakesTooLongFailsAlone() {
        AppRun run = startHeld("--task-timeout=4s").endsWith(1);

        assertThat(run.err())
                .containsPattern("twinbatch: no result for a\\.txt: .* longer than its limit of 4 s")
                .doesNotContain("no result for b.txt");
        assertThat(run.err()).contains("2 of 3 inputs done");
        assertThat(run.out()).contains("a.txt  ->  no result", "b.txt  ->  results/b_OUTPUT.txt");
        requireOtherResults();
        assertThat(bench().onNodes()).isEmpty();
    }

    @Test
    void theTimeLimitEndsTheRunAndKeepsWhatIsDone() {
        AppRun run = startHeld("--timeout=4s", "--json").endsWith(4);

        JsonNode document = run.json();
        assertThat(document.path("status").textValue()).isEqualTo("timedOut");
        assertThat(document.path("exitCode").intValue()).isEqualTo(4);
        assertThat(document.path("inputs").path(0).path("status").textValue()).isNotEqualTo("done");
        assertThat(run.err()).contains("time limit of 4 s", "twinbatch: no result for a.txt: ");
        requireOtherResults();
        assertThat(bench().onNodes()).isEmpty();
    }

    @Test
    void ctrlCStopsTheTasksAndRemovesWhatTheRunMade() {
        requireStopsOn("INT", 130);
    }

    @Tag("long")
    @Test
    void aTerminationDoesTheSame() {
        requireStopsOn("TERM", 143);
    }

    @Tag("long")
    @Test
    void aCancellationFromAnotherTerminalDoesTheSame() {
        requireStops(
                run -> {
                    String stateDir = bench().stateDir().toString();
                    AppRun cancel = bench().start(List.of("cancel", "--state-dir", stateDir, "held"))
                            .endsWith(0);
                    assertThat(cancel.out()).contains("The run of job held has ended.");
                },
                143);
    }

    private void requireStopsOn(String signal, int exitCode) {
        requireStops(run -> run.signal(signal), exitCode);
    }

    private void requireStops(Consumer<AppRun> stop, int exitCode) {
        AppRun run = startHeld();
        held.awaitBegin(run);
        run.untilItSays("2 of 3 tasks done");

        stop.accept(run);

        assertThat(run.exitCodeWithin(STOPPING)).as("%s", run).isEqualTo(exitCode);
        requireOtherResults();
        assertThat(run.err()).contains("2 of 3 inputs done", "--skip-existing --output-dir=results");
        bench().run("--skip-existing", "--output-dir=results", "a.txt", "b.txt", "c.txt")
                .endsWith(0);
        assertThat(Workbench.results(bench().work().resolve("results"))).hasSize(3);
        assertThat(bench().processes().now()).isEmpty();
        assertThat(run.err())
                .contains("Deleted container [application-", "Deleted container [input-", "Deleted container [output-")
                .contains("Deleted job [held].", "Deleted pool [");
        assertThat(bench().onNodes()).isEmpty();
    }

    @Tag("long")
    @Test
    void afterAKillAzuriteEndsByItselfAndTheNextRunEndsTheRest() {
        AppRun killed = startHeld();
        held.awaitBegin(killed);

        killed.kill();

        Deadline.await(
                AZURITE_ENDS,
                () -> "Azurite ends: " + bench().processes().now(),
                () -> bench().processes().now().stream()
                        .noneMatch(process -> process.commandLine().contains("azurite")));
        AppRun next = bench().run("--output-dir=next", "b.txt").endsWith(0);
        assertThat(bench().processes().now()).as("processes after %s", next).isEmpty();
        assertThat(ResultFile.words(bench().work().resolve("next/b_OUTPUT.txt")))
                .isEqualTo("b:\t2\nand:\t1\n");
    }
}
