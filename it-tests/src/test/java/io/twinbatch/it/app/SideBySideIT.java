package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that are at work at the same time in one state folder of this machine. */
class SideBySideIT extends AppTest {
    private static final Pattern RUN = Pattern.compile("Run (\\S+) on the local backend");
    private static final String NOTHING_LEFT = "There are no leftovers of earlier runs.\n";

    private HeldTasks held;

    @BeforeEach
    void writeInputs() {
        held = HeldTasks.on(bench());
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
    }

    private AppRun heldRun(String output, String input) {
        AppRun run = bench().run("--job-id", HeldTasks.JOB, "--output-dir=" + output, "--slots=1", input);
        held.awaitBegin(run);
        return run;
    }

    private AppRun status(String... options) {
        return bench().command("status", options);
    }

    private static String id(AppRun run) {
        Matcher id = RUN.matcher(run.err());
        assertThat(id.find()).as("%s says its id", run).isTrue();
        return id.group(1);
    }

    private void requireResult(String output, String word) {
        assertThat(ResultFile.words(bench().work().resolve(output).resolve(word + "_OUTPUT.txt")))
                .isEqualTo(word + ":\t2\nand:\t1\n");
    }

    private Path engine(int number) {
        return bench().stateDir().resolve("engine-" + number);
    }

    @Test
    void aSecondRunWorksBesideTheFirstAndSaysWhatTheyShare() {
        AppRun first = heldRun("first", "a.txt");

        AppRun second = bench().run("--output-dir=second", "--slots=2", "b.txt").endsWith(0);

        assertThat(first.isAlive()).isTrue();
        assertThat(second.err())
                .containsPattern("Another run is active on this machine \\(process " + first.pid()
                        + "\\); 3 task slots now share \\d+ processors?\\.");
        requireResult("second", "b");
        held.release();
        assertThat(first.endsWith(0).err()).doesNotContain("Another run");
        requireResult("first", "a");
        assertThat(engine(2)).isDirectory();
        assertThat(bench().commandWithStore("cleanup", "--all").endsWith(0).out())
                .isEqualTo(NOTHING_LEFT);
    }

    @Tag("long")
    @Test
    void runsThatStartInTheSameInstantAllSucceed() {
        held.release();
        List<AppRun> runs = IntStream.range(0, 3)
                .mapToObj(i -> bench().run("--output-dir=out" + i, "a.txt", "b.txt"))
                .toList();

        runs.forEach(run -> run.endsWith(0));
        for (int i = 0; i < 3; i++) {
            requireResult("out" + i, "a");
            requireResult("out" + i, "b");
        }
        assertThat(bench().commandWithStore("cleanup", "--all").endsWith(0).out())
                .isEqualTo(NOTHING_LEFT);
    }

    @Tag("long")
    @Test
    void statusAndLogsSeeTheJobsOfAllRunsAndCleanupLeavesThoseAtWorkAlone() {
        AppRun kept = bench().run("--keep-job", "--job-id=kept", "--output-dir=kept", "b.txt")
                .endsWith(0);
        AppRun first = heldRun("first", "a.txt");
        AppRun second = bench().run("--keep-job", "--job-id=beside", "--output-dir=second", "b.txt")
                .endsWith(0);

        JsonNode jobs = status("--json").endsWith(0).json().path("jobs");

        assertThat(StreamSupport.stream(jobs.spliterator(), false)
                        .map(job -> job.path("id").textValue() + " " + job.path("atWork")))
                .containsExactly("beside false", HeldTasks.JOB + " true", "kept true");
        assertThat(status("beside").endsWith(0).out()).contains(id(second));
        AppRun cleanup = bench().commandWithStore("cleanup", "--run", id(second), "--yes")
                .endsWith(0);
        assertThat(cleanup.err())
                .contains(bench().stateDir() + " (process " + first.pid() + ")", "Deleted job [beside]");
        assertThat(first.isAlive()).isTrue();
        held.release();
        first.endsWith(0);
        bench().commandWithStore("cleanup", "--run", id(kept), "--yes").endsWith(0);
        assertThat(bench().commandWithStore("cleanup", "--all").endsWith(0).out())
                .isEqualTo(NOTHING_LEFT);
    }

    @Tag("long")
    @Test
    void aSecondRunThatWasKilledIsResumedWhereItWas() {
        AppRun second = killedSecond();
        AppRun list = bench().commandWithStore("cleanup").endsWith(0);
        assertThat(list.out()).contains("Run " + id(second) + " of ", "container");

        AppRun resumed = bench().commandWithStore("resume", id(second)).endsWith(0);

        assertThat(resumed.err()).contains("Resuming job [held]");
        requireResult("second", "b");
        assertThat(bench().commandWithStore("cleanup", "--all").endsWith(0).out())
                .isEqualTo(NOTHING_LEFT);
    }

    @Tag("long")
    @Test
    void aSecondRunThatWasKilledIsCleanedUp() {
        AppRun second = killedSecond();

        AppRun cleanup = bench().commandWithStore("cleanup", "--yes", "--run", id(second))
                .endsWith(0);

        assertThat(cleanup.err()).contains("Deleted job [held]", "Deleted pool [pool-" + id(second) + "]");
        assertThat(bench().commandWithStore("cleanup", "--all").endsWith(0).out())
                .isEqualTo(NOTHING_LEFT);
    }

    /** Killed while this process held the folder of the first engine. */
    private AppRun killedSecond() {
        try (StateFolder first = StateFolder.take(bench().stateDir())) {
            AppRun second = heldRun("second", "b.txt");
            second.kill();
            held.release();
            assertThat(engine(2).resolve("engine.db")).isRegularFile();
            assertThat(bench().commandWithStore("cleanup").endsWith(0).err())
                    .contains(first.path() + " (process "
                            + ProcessHandle.current().pid() + ")");
            return second;
        }
    }

    @Test
    void logsOfARunBesideAnotherAreFound() {
        try (StateFolder first = StateFolder.take(bench().stateDir())) {
            AppRun second = heldRun("second", "b.txt");
            held.say("something\n");

            AppRun logs = bench().start(List.of(
                    "logs", "--state-dir", first.path().toString(), "--follow", HeldTasks.JOB, "topNtask0"));

            logs.untilItPrints("something\n");
            held.release();
            logs.endsWith(0);
            second.endsWith(0);
        }
    }

    @Test
    void aRunAtWorkIsNotResumed() {
        AppRun first = heldRun("first", "a.txt");

        AppRun resumed = bench().commandWithStore("resume", HeldTasks.JOB);

        assertThat(resumed.exitCode()).as("%s", resumed).isEqualTo(2);
        assertThat(resumed.err()).contains("used by process " + first.pid());
        held.release();
        first.endsWith(0);
    }

    @Test
    void anEmulatorTakesExactlyItsFolderOrIsRefused() {
        AppRun first = heldRun("first", "a.txt");

        AppRun emulator = bench().commandWithStore("emulator", "--port=0");

        assertThat(emulator.exitCode()).as("%s", emulator).isEqualTo(2);
        assertThat(emulator.err()).contains("in use by process " + first.pid());
        assertThat(engine(2)).doesNotExist();
        held.release();
        first.endsWith(0);
    }
}
