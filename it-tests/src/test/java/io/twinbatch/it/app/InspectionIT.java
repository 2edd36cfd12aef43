package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.it.emulator.RunningEmulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code status} and {@code logs} beside a run of another process, and after its death. */
class InspectionIT extends AppTest {
    private static final String JOB = HeldTasks.JOB;
    private static final Duration CALM = Duration.ofSeconds(20);

    private HeldTasks held;
    private RunningEmulator emulator;

    @BeforeEach
    void writeInputs() {
        held = HeldTasks.on(bench());
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
    }

    /** Before the bench is looked at: the emulator is not a process that a run has left behind. */
    @AfterEach
    void stopEmulator() {
        if (emulator != null) {
            emulator.close();
        }
    }

    private AppRun runHeld(String... more) {
        List<String> words =
                new ArrayList<>(List.of("--job-id", JOB, "--slots=2", "--output-dir=results", "a.txt", "b.txt"));
        words.addAll(List.of(more));
        AppRun run = bench().run(words.toArray(String[]::new));
        held.awaitBegin(run);
        return run;
    }

    private void awaitOtherTask(String... backend) {
        Deadline.await(CALM, () -> "the other task has ended", () -> {
            List<String> words = new ArrayList<>(List.of("status", "--json", JOB));
            words.addAll(List.of(backend));
            JsonNode tasks = bench().start(words).endsWith(0).json().at("/job/tasks");
            return tasks.path("succeeded").intValue() == 1
                    && tasks.path("running").intValue() == 1;
        });
    }

    @Test
    void besideARunItsJobIsToldAndItsLogFollowed() {
        // Kept, so that the follower sees how the task has ended, and not that its job is gone.
        AppRun run = runHeld("--keep-job");
        held.say("first\n");
        AppRun logs = bench().command("logs", "--follow", JOB, "topNtask0").untilItPrints("first\n");
        awaitOtherTask("--state-dir", bench().stateDir().toString());

        AppRun list = bench().command("status").endsWith(0);
        assertThat(list.out()).contains("job   held  active, 2 tasks: 1 running, 1 succeeded", "1 node");
        AppRun status = bench().command("status", JOB).endsWith(0);
        assertThat(status.out())
                .contains("topNtask0: running for ", "on node tvm-", "app/app logs", "lease")
                .doesNotContain("nothing of it is running", "trouble");

        held.say("second\n");
        logs.untilItPrints("second\n");
        held.release();
        assertThat(logs.endsWith(0).out()).startsWith("first\nsecond\n");
        assertThat(logs.err()).contains("Task topNtask0 succeeded.");
        run.endsWith(0);
        assertThat(bench().command("status").endsWith(0).out()).contains("held", "2 succeeded", "Nothing is running");
    }

    @Tag("long")
    @Test
    void afterTheDeathOfARunItsJobIsToldAndNothingIsStarted() {
        AppRun run = runHeld();
        held.say("so far\n");
        bench().command("logs", "--follow", JOB, "topNtask0")
                .untilItPrints("so far\n")
                .signal("INT");
        run.kill();
        endProcesses();

        AppRun status = bench().command("status", JOB).endsWith(0);
        assertThat(status.out())
                .contains("nothing of it is running: no run and no emulator uses the state folder")
                .contains("was running", "To continue it: app/app resume --backend=local --state-dir=");
        AppRun logs = bench().command("logs", JOB, "topNtask0").endsWith(0);
        assertThat(logs.out()).startsWith("so far\n");
        assertThat(logs.err()).contains("has not ended, and does not run");
        assertThat(bench().command("logs", "-f", JOB, "topNtask0").endsWith(3).out())
                .startsWith("so far\n");
        assertThat(bench().processes().now())
                .as("processes that a look has started")
                .isEmpty();

        assertThat(bench().command("cleanup", "--azurite=npm", "--all", "--yes")
                        .endsWith(0)
                        .err())
                .contains("Deleted job [held].");
    }

    /** What a run that was killed leaves running ends with the next start of the engine, or here. */
    private void endProcesses() {
        held.release();
        Deadline.await(
                CALM,
                () -> "no process is left",
                () -> bench().processes().now().isEmpty());
    }

    @Test
    void ctrlCEndsAFollowedLog() {
        AppRun run = runHeld();
        held.say("so far\n");
        AppRun logs = bench().command("logs", "--follow", JOB, "topNtask0").untilItPrints("so far\n");

        logs.signal("INT");

        assertThat(logs.exitCode()).isEqualTo(130);
        held.release();
        run.endsWith(0);
    }

    @Tag("long")
    @Test
    void whatIsNotThereIsWrongUsage() {
        AppRun run = runHeld();

        assertThat(bench().command("status", "none").endsWith(2).err()).contains("there is no job 'none'");
        assertThat(bench().command("logs", "none", "topNtask0").endsWith(2).err())
                .contains("there is no job 'none'");
        assertThat(bench().command("logs", JOB, "task").endsWith(2).err())
                .contains("job held has no task 'task'; it has topNtask0, topNtask1");
        JsonNode error = bench().command("status", "--json", "none").endsWith(2).json();
        assertThat(error.at("/error/code").asText()).isEqualTo("USAGE");

        held.release();
        run.endsWith(0);
        assertThat(bench().command("status").endsWith(0).out()).contains("There are no jobs.", "Nothing is running");
    }

    @Tag("long")
    @Test
    void onTheAzureBackendTheSameIsTold() {
        Path folder = bench().folder().resolve("emulator");
        emulator = RunningEmulator.start(
                folder, Map.of("PATH", bench().environment().get("PATH")));
        bench().useStateDir(RunningEmulator.stateDir(folder));
        emulator.environment().forEach(bench()::setEnvironment);
        AppRun run = bench().start(List.of(
                "run",
                "--backend=azure",
                "--job-id",
                JOB,
                "--keep-job",
                "--slots=2",
                "--output-dir=results",
                "a.txt",
                "b.txt"));
        held.awaitBegin(run);
        held.say("first\n");

        AppRun logs = bench().start(List.of("logs", "--backend=azure", "--follow", JOB, "topNtask0"));
        logs.untilItPrints("first\n");
        awaitOtherTask("--backend=azure");
        AppRun status = bench().start(List.of("status", "--backend=azure", JOB)).endsWith(0);
        assertThat(status.out())
                .contains("2 tasks: 1 running, 1 succeeded", "topNtask0: running for ")
                .contains("app/app logs --backend=azure held topNtask0 --follow")
                .contains("To continue it, if its client was killed: app/app resume --backend=azure held");
        assertThat(bench().command("status", JOB).endsWith(0).out())
                .as("the emulator's folder, looked at from beside it")
                .contains("2 tasks: 1 running, 1 succeeded");

        held.release();
        assertThat(logs.endsWith(0).err()).contains("Task topNtask0 succeeded.");
        run.endsWith(0);
    }
}
