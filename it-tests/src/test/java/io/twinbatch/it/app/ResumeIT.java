package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinbatch.it.emulator.RunningEmulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs whose program is killed, and that another one brings to their end. */
class ResumeIT extends AppTest {
    private static final String NOTHING_LEFT = "There are no leftovers of earlier runs.\n";

    private void writeInputs() {
        for (String name : new String[] {"a", "b", "c"}) {
            bench().write(name + ".txt", name + " and " + name);
        }
    }

    private void requireResults(Path results) {
        for (String name : new String[] {"a", "b", "c"}) {
            assertThat(ResultFile.words(results.resolve(name + "_OUTPUT.txt"))).isEqualTo(name + ":\t2\nand:\t1\n");
        }
    }

    @Test
    void aRunThatWasKilledGoesOnOnThisMachine() {
        writeInputs();
        HeldTasks held = HeldTasks.on(bench());
        AppRun killed =
                bench().run("--job-id", HeldTasks.JOB, "-n", "5", "--output-dir=results", "a.txt", "b.txt", "c.txt");
        held.awaitBegin(killed);
        killed.kill();
        held.release();

        AppRun resumed = bench().commandWithStore("resume", "held", "--json").endsWith(0);

        JsonNode document = resumed.json();
        assertThat(document.path("command").textValue()).isEqualTo("resume");
        assertThat(document.path("status").textValue()).isEqualTo("done");
        assertThat(document.path("run").path("id").textValue()).isEqualTo(killed.id());
        assertThat(document.path("run").path("numWords").intValue()).isEqualTo(5);
        assertThat(document.path("inputs")).hasSize(3);
        assertThat(resumed.err()).contains("Resuming job [held]", "Deleted pool [pool-" + killed.id());
        requireResults(bench().work().resolve("results"));
        assertThat(bench().commandWithStore("cleanup", "--all").endsWith(0).out())
                .isEqualTo(NOTHING_LEFT);
        assertThat(bench().onNodes()).isEmpty();
    }

    @Test
    void aRunThatIsGoneSaysThatThereIsNothingToResume() {
        writeInputs();
        AppRun done = bench().run("--output-dir=results", "a.txt").endsWith(0);

        AppRun resumed = bench().commandWithStore("resume", done.id());

        assertThat(resumed.exitCode()).as("%s", resumed).isEqualTo(2);
        assertThat(resumed.err()).contains("nothing to resume", done.id());
    }

    @Tag("long")
    @Test
    void anotherMachineWithTheSameAccountsBringsARunToItsEnd() {
        writeInputs();
        HeldTasks held = HeldTasks.on(bench());
        Path folder = bench().folder().resolve("emulator");
        try (RunningEmulator emulator = RunningEmulator.start(folder, bench().environment())) {
            bench().useStateDir(RunningEmulator.stateDir(folder));
            emulator.environment().forEach(bench()::setEnvironment);
            AppRun killed = bench().start(List.of(
                    "run",
                    "--backend=azure",
                    "--job-id",
                    HeldTasks.JOB,
                    "--total",
                    "--output-dir=results",
                    "a.txt",
                    "b.txt",
                    "c.txt"));
            held.awaitBegin(killed);
            killed.kill();

            AppRun resumed = bench().start(List.of("resume", "--backend=azure", "--output-dir=elsewhere", killed.id()));
            resumed.untilItSays("Resuming job [held]");
            held.release();

            assertThat(resumed.endsWith(0).err()).contains("Deleted job [held].", "results in elsewhere");
            requireResults(bench().work().resolve("elsewhere"));
            assertThat(ResultFile.words(bench().work().resolve("elsewhere/TOTAL_OUTPUT.txt")))
                    .contains("and:\t3\n");
            assertThat(bench().work().resolve("results")).doesNotExist();
            assertThat(bench().start(List.of("cleanup", "--backend=azure", "--all"))
                            .endsWith(0)
                            .out())
                    .isEqualTo(NOTHING_LEFT);
        }
    }

    @Tag("long")
    @Test
    void inputsWhoseResultsAreThereAreLeftOut() {
        writeInputs();
        String[] common = {"--output-dir=results", "--skip-existing", "a.txt", "b.txt", "c.txt"};
        bench().run("--output-dir=results", "a.txt", "b.txt").endsWith(0);

        JsonNode second = bench().run(with(common, "--json")).endsWith(0).json();

        assertThat(second.path("inputs"))
                .extracting(input -> input.path("status").textValue())
                .containsExactly("upToDate", "upToDate", "done");
        requireResults(bench().work().resolve("results"));
        assertThat(bench().run(common).endsWith(0).err())
                .contains("3 of 3 inputs done")
                .doesNotContain("Container [", "Deleted");

        bench().write("b.txt", "b or b");
        AppRun changed = bench().run(common);
        assertThat(changed.exitCode()).as("%s", changed).isEqualTo(2);
        assertThat(changed.err()).contains("b_OUTPUT.txt (made from other content) would be overwritten");
        assertThat(bench().run(with(common, "--force")).endsWith(0).err())
                .contains("The results of 2 inputs of 3 are there already");
        assertThat(ResultFile.words(bench().work().resolve("results/b_OUTPUT.txt")))
                .isEqualTo("b:\t2\nor:\t1\n");
    }

    private static String[] with(String[] words, String another) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(0, another);
        return all.toArray(String[]::new);
    }
}
