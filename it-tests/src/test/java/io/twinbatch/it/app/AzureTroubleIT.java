package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.it.emulator.RunningEmulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees when the Batch service or its nodes let a run down; the emulator does it on purpose. */
class AzureTroubleIT extends AppTest {
    private RunningEmulator emulator;

    /** Before the bench is looked at: the emulator is not a process that a run has left behind. */
    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    private void emulatorWith(String faults) {
        Path file = bench().write("faults.json", "{\"seed\": 1, \"faults\": [" + faults + "]}");
        Path folder = bench().folder().resolve("emulator");
        emulator = RunningEmulator.start(folder, "--faults=" + file);
        bench().useStateDir(RunningEmulator.stateDir(folder));
        emulator.environment().forEach(bench()::setEnvironment);
    }

    private AppRun run(String... options) {
        bench().write("a.txt", "one and one");
        bench().write("b.txt", "two and two");
        List<String> words =
                new ArrayList<>(List.of("run", "--backend=azure", "--output-dir=results", "a.txt", "b.txt"));
        words.addAll(List.of(options));
        return bench().start(words);
    }

    private void requireNothingLeft() {
        assertThat(bench().start(List.of("cleanup", "--backend=azure", "--all"))
                        .endsWith(0)
                        .out())
                .isEqualTo("There are no leftovers of earlier runs.\n");
    }

    @Tag("long")
    @Test
    void throttlingAndLostAnswersCostTimeAndNothingElse() {
        emulatorWith("""
                {"fault": "throttle", "operation": "POST /jobs/*/addtaskcollection", "retryAfterSeconds": 1, "times": 1},
                {"fault": "loseAnswer", "operation": "POST /pools", "times": 1},
                {"fault": "loseAnswer", "operation": "POST /jobs", "times": 1},
                {"fault": "loseAnswer", "operation": "POST /jobs/*/addtaskcollection", "times": 1},
                {"fault": "loseAnswer", "operation": "DELETE /pools/*", "times": 1}""");

        AppRun run = run().endsWith(0);

        assertThat(run.out()).contains("one  2", "two  2");
        requireNothingLeft();
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"AccountSpotCoreQuotaReached, take dedicated nodes in place", "AnotherReason, ask for fewer nodes"})
    void aPoolThatGetsNoNodesEndsTheRunWithTheServicesWordsAndTheRemedy(String code, String remedy) {
        emulatorWith("""
                {"fault": "resizeError", "code": "%s", "message": "The service's words."}""".formatted(code));

        AppRun run = run().endsWith(3);

        assertThat(run.err()).contains(code, "The service's words.", remedy, "Deleted pool [");
        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void aNodeThatBecomesUnusableIsNamedAndItsTasksRunOnTheOthers() {
        emulatorWith("""
                {"fault": "nodeLoss", "task": "topNtask*", "times": 1}""");

        AppRun run = run("--nodes=2", "--slots=1").endsWith(0);

        assertThat(run.out()).contains("one  2", "two  2");
        assertThat(run.err()).contains("it is unusable");
        requireNothingLeft();
    }

    @Test
    void aPoolIdThatIsStillBeingDeletedIsRefusedWithTheReason() {
        emulatorWith("""
                {"fault": "refuse", "operation": "POST /pools", "status": 409, "code": "PoolBeingDeleted"}""");

        AppRun run = run("--pool-id=mine").endsWith(2);

        assertThat(run.err()).contains("pool mine", "PoolBeingDeleted");
        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void aDeletionThatFailsAtFirstIsTriedAgain() {
        emulatorWith("""
                {"fault": "refuse", "operation": "DELETE /pools/*", "status": 500, "code": "InternalError", "times": 4}""");

        assertThat(run().endsWith(0).err()).contains("Deleted pool [");

        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void aPoolThatMayNotBeDeletedIsNamedWithTheCommandThatDeletesIt() {
        emulatorWith("""
                {"fault": "refuse", "operation": "DELETE /pools/*", "status": 403, "times": 1,
                 "code": "InsufficientAccountPermissions"}""");

        AppRun run = run().endsWith(0);

        assertThat(run.err())
                .contains("Could not delete pool [", "InsufficientAccountPermissions")
                .containsPattern("to delete it: app/app cleanup --backend=azure --run \\S+ \\(");
        assertThat(bench().start(List.of("cleanup", "--backend=azure", "--all", "--yes"))
                        .endsWith(0)
                        .out())
                .contains("1 pool with 1 node in all.");
    }

    @Test
    void aStartTaskThatFailsOnEveryNodeEndsTheRun() {
        emulatorWith("""
                {"fault": "startTaskFailure", "exitCode": 9}""");
        // With a runtime of its own, the program has no start task.
        bench().setEnvironment("TWINBATCH_NODE_JAVA", "installed");

        AppRun run = run("--nodes=2").endsWith(3);

        assertThat(run.err()).contains("start task failed", "exit code 9", "Deleted pool [");
        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void aPoolThatTheAccountMayNotHaveIsRefusedAndNothingStays() {
        emulatorWith("""
                {"fault": "refuse", "operation": "POST /pools", "status": 409, "code": "PoolQuotaReached"}""");

        AppRun run = run().endsWith(3);

        assertThat(run.err()).contains("PoolQuotaReached");
        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void aSpotNodeThatIsTakenAwayLeavesItsTasksToTheOthers() {
        emulatorWith("""
                {"fault": "preemption", "task": "topNtask*", "times": 1}""");

        AppRun run = run("--spot", "--nodes=2", "--slots=1").endsWith(0);

        assertThat(run.out()).contains("one  2", "two  2");
        requireNothingLeft();
    }
}
