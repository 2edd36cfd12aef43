package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.it.emulator.RunningEmulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two runs at once in one account, with the same name for something: each ends well or says what is in its way. */
class TwoRunsIT extends AppTest {
    private RunningEmulator emulator;
    private HeldTasks held;

    @BeforeEach
    void startEmulator() {
        held = HeldTasks.on(bench());
        Path folder = bench().folder().resolve("emulator");
        emulator = RunningEmulator.start(folder, bench().environment());
        bench().useStateDir(RunningEmulator.stateDir(folder));
        emulator.environment().forEach(bench()::setEnvironment);
        bench().write("a.txt", "a and a");
    }

    /** Before the bench is looked at: the emulator is not a process that a run has left behind. */
    @AfterEach
    void stopEmulator() {
        emulator.close();
    }

    private AppRun run(String... options) {
        List<String> words = new ArrayList<>(List.of("run", "--backend=azure"));
        words.addAll(List.of(options));
        words.add("a.txt");
        return bench().start(words);
    }

    private AppRun heldRun(String... options) {
        List<String> words = new ArrayList<>(List.of("--job-id", HeldTasks.JOB));
        words.addAll(List.of(options));
        AppRun run = run(words.toArray(String[]::new));
        held.awaitBegin(run);
        return run;
    }

    private void requireNothingLeft() {
        assertThat(bench().start(List.of("cleanup", "--backend=azure", "--all"))
                        .endsWith(0)
                        .out())
                .isEqualTo("There are no leftovers of earlier runs.\n");
    }

    @Tag("long")
    @Test
    void theSecondWithTheSameJobIsRefusedAndTheFirstGoesOn() {
        AppRun first = heldRun("--output-dir=first");

        AppRun second = run("--job-id", HeldTasks.JOB, "--output-dir=second");

        assertThat(second.exitCode()).as("%s", second).isNotZero();
        assertThat(second.err()).contains("job held", "a job of that id exists; choose another id");
        held.release();
        first.endsWith(0);
        assertThat(ResultFile.words(bench().work().resolve("first/a_OUTPUT.txt")))
                .isEqualTo("a:\t2\nand:\t1\n");
        assertThat(Workbench.below(bench().work().resolve("second"))).allMatch(Workbench::isReport);
        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void theSecondToBringTheSameResultDoesNotTakeThePlaceOfTheFirsts() {
        AppRun first = heldRun("--output-dir=results", "-n", "1");

        run("--output-dir=results", "-n", "2").endsWith(0);
        held.release();

        assertThat(first.exitCode()).as("%s", first).isEqualTo(5);
        assertThat(first.err()).contains("was created during the run; it is not overwritten");
        assertThat(ResultFile.words(bench().work().resolve("results/a_OUTPUT.txt")))
                .isEqualTo("a:\t2\nand:\t1\n");
        assertThat(Workbench.results(bench().work().resolve("results"))).containsExactly(Path.of("a_OUTPUT.txt"));
        // What could not be brought is kept where it is, without what costs money.
        assertThat(bench().start(List.of("cleanup", "--backend=azure", "--all"))
                        .endsWith(0)
                        .out())
                .contains("container  output-")
                .doesNotContain("pool  ");

        AppRun resumed = bench().start(List.of("resume", "--backend=azure", "--output-dir=elsewhere", HeldTasks.JOB));

        assertThat(resumed.endsWith(0).err()).doesNotContain("Creating pool");
        assertThat(ResultFile.words(bench().work().resolve("elsewhere/a_OUTPUT.txt")))
                .isEqualTo("a:\t2\n");
        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void aPoolThatTwoRunsShareServesBoth() {
        AppRun first = heldRun("--output-dir=first", "--pool-id=shared", "--slots=2");

        AppRun second =
                run("--output-dir=second", "--pool-id=shared", "--slots=2").endsWith(0);

        assertThat(second.err()).contains("shared").doesNotContain("Deleted pool [shared]");
        held.release();
        first.endsWith(0);
        requireNothingLeft();
    }

    @Tag("long")
    @Test
    void aRunWhosePoolAnotherHasTakenAwaySaysSoAndEndsOrBeginsItsTasksAgain() {
        AppRun held = heldRun("--output-dir=first", "--pool-id=shared");

        AppRun deletion = bench().start(List.of("cleanup", "--backend=azure", "--all", "--yes"));

        assertThat(deletion.exitCode()).as("%s", deletion).isZero();
        // Without its job or its pool the run ends. Where it misses its objects first, it makes them again in a new
        // job.
        boolean madeAgain = held.err().contains("A new job replaces job [" + HeldTasks.JOB + "]");
        assertThat(held.exitCode() == 0).as("%s", held).isEqualTo(madeAgain);
        if (madeAgain) {
            assertThat(ResultFile.words(bench().work().resolve("first/a_OUTPUT.txt")))
                    .isEqualTo("a:\t2\nand:\t1\n");
        } else {
            assertThat(held.err()).containsPattern("twinbatch: .*(pool|job)");
        }
    }
}
