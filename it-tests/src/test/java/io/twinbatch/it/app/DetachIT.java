package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs in the background, and runs of what failed. */
class DetachIT extends AppTest {
    private static final Duration AZURITE_ENDS = Duration.ofSeconds(15);

    private HeldTasks held;

    @BeforeEach
    void writeInputs() {
        held = HeldTasks.on(bench());
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
    }

    /** Starts a run whose first task waits, and returns when it is in the background. */
    private AppRun detach() {
        AppRun started = bench().run(
                        "--detach", "--job-id", HeldTasks.JOB, "--slots=2", "--output-dir=results", "a.txt", "b.txt")
                .endsWith(0);
        assertThat(started.out()).contains("goes on in the background", "its job is held");
        return started;
    }

    @Test
    void aRunInTheBackgroundIsSeenAndWaitedForAndEndsAsEveryOther() {
        AppRun started = detach();
        held.awaitBegin(started);

        assertThat(bench().command("status", "held").endsWith(0).out()).contains("Job held", "active");
        AppRun interrupted = bench().command("wait", "held").untilItSays("Waiting for the end of run");
        interrupted.signal("INT");
        interrupted.endsWith(130);
        AppRun wait = bench().command("wait", started.id()).untilItSays("Waiting for the end of run");
        held.release();

        wait.endsWith(0);
        assertThat(wait.out()).contains("a.txt  ->  results/a_OUTPUT.txt", "b.txt  ->  results/b_OUTPUT.txt");
        assertThat(wait.err()).contains("2 of 2 inputs done");
        assertThat(ResultFile.words(bench().work().resolve("results/b_OUTPUT.txt")))
                .isEqualTo("b:\t2\nand:\t1\n");
        bench().command("wait", "held").endsWith(0);
        assertThat(bench().onNodes()).isEmpty();
    }

    @Tag("long")
    @Test
    void aRunInTheBackgroundIsCancelledAndKeepsWhatIsDone() {
        AppRun started = detach();
        held.awaitBegin(started);
        Deadline.await(
                Duration.ofSeconds(30),
                () -> "the other task ends",
                () -> bench().command("status", "held").endsWith(0).out().contains("1 succeeded"));

        bench().command("cancel", "held").endsWith(0);

        AppRun wait = bench().command("wait", "held").endsWith(143);
        assertThat(wait.err()).contains("1 of 2 inputs done");
        assertThat(Workbench.results(bench().work().resolve("results"))).containsExactly(Path.of("b_OUTPUT.txt"));
        AppRun rest = bench().command("rerun", "--failed", "held").endsWith(0);
        assertThat(rest.out()).contains("a.txt  ->  results/a_OUTPUT.txt");
    }

    @Tag("long")
    @Test
    void afterAKillTheWaitSaysHowToContinueAndThatContinues() {
        AppRun started = detach();
        held.awaitBegin(started);
        AppRun wait = bench().command("wait", "held").untilItSays("Waiting for the end of run");

        bench().processes().now().stream()
                .filter(process -> process.commandLine().contains("io.twinbatch.app.Main run --no-detach"))
                .forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));

        wait.endsWith(3);
        assertThat(wait.err()).contains("it was killed", "app/app resume --backend=local");
        held.release();
        awaitTheEndOfAzurite();
        String advice = wait.err().substring(wait.err().indexOf("app/app resume "));
        AppRun resumed = bench().start(
                        List.of(advice.strip().substring("app/app ".length()).split(" ")))
                .endsWith(0);
        assertThat(resumed.err()).contains("2 of 2 inputs done");
        bench().command("wait", "held").endsWith(0);
    }

    @Test
    void aRunWhoseStarterIsKilledBeforeItBeginsIsWaitedForWithItsResults() {
        AppRun starter = bench().start(List.of(
                "--detach",
                "--state-dir=" + bench().stateDir(),
                "--job-id",
                HeldTasks.JOB,
                "--slots=2",
                "--output-dir=results",
                "a.txt",
                "b.txt"));
        Deadline.await(Duration.ofSeconds(30), starter::toString, this::aDetachedProcessIsStarted);

        starter.kill();

        held.awaitBegin(starter);
        AppRun wait = bench().command("wait", "held").untilItSays("Waiting for the end of run");
        held.release();
        wait.endsWith(0);
        assertThat(wait.out()).contains("a.txt  ->  results/a_OUTPUT.txt", "b.txt  ->  results/b_OUTPUT.txt");
        assertThat(wait.err()).contains("2 of 2 inputs done", "Its messages: ");
        bench().command("wait", "held").endsWith(0);
    }

    /** Its log is named after it last. */
    private boolean aDetachedProcessIsStarted() {
        Path journal = bench().stateDir().resolve("journal");
        return Stream.ofNullable(journal.toFile().list())
                .flatMap(Stream::of)
                .anyMatch(name -> name.matches("process-.*\\.log|.*\\.properties"));
    }

    private void awaitTheEndOfAzurite() {
        Deadline.await(
                AZURITE_ENDS,
                () -> "Azurite ends: " + bench().processes().now(),
                () -> bench().processes().now().stream()
                        .noneMatch(process -> process.commandLine().contains("azurite")));
    }

    @Test
    void whatCannotBeginIsRefusedAsWithoutDetach() {
        AppRun refused = bench().run("--detach", "missing.txt").endsWith(2);

        assertThat(refused.err()).isEqualTo("twinbatch: input missing.txt: no such file or folder\n");
    }

    @Test
    void whatFailedRunsAgainAfterTheJobIsDeleted() {
        AppRun failed = bench().run("--command=grep b {}", "--output-dir=results", "--no-report", "a.txt", "b.txt")
                .endsWith(1);
        bench().write("a.txt", "b at last");

        AppRun again = bench().command("rerun", "--failed", failed.id()).endsWith(0);

        assertThat(again.err()).contains("The results of 1 input of 2 are there already", "Added 1 task ");
        assertThat(bench().work().resolve("results/a.txt.out")).hasContent("b at last");
    }
}
