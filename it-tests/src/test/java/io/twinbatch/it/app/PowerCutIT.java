package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The app and its object store are killed together, as a power cut does it, on a machine that has other work too. The
 * same moments again with {@code -Dtwinbatch.powercut.seed}, fewer or more with {@code -Dtwinbatch.powercut.kills}.
 */
@Tag("long")
class PowerCutIT extends AppTest {
    private static final int KILLS = 20;
    private static final int CORES = 2;
    private static final int INPUTS = 8;
    private static final int STATUS_EVERY = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** How long after the job is created: at once, among the first tasks, or about when the results come. */
    private static final int[] MAX_MILLIS = {20, 600, 3_000};

    /** How long after its start a resumed run may be killed: from its first moment to the end of its work. */
    private static final int MAX_RESUME_MILLIS = 5_000;

    private final List<Process> busy = new ArrayList<>();
    private int kills;

    @BeforeEach
    void keepTheCoresBusy() throws IOException {
        for (int i = 0; i < CORES; i++) {
            busy.add(new ProcessBuilder("/bin/sh", "-c", "while :; do :; done").start());
        }
        for (int i = 0; i < INPUTS; i++) {
            bench().write("texts/" + word(i) + ".txt", word(i) + " and " + word(i));
        }
    }

    @AfterEach
    void leaveTheCores() {
        busy.forEach(Process::destroyForcibly);
    }

    private static String word(int number) {
        return "word" + (char) ('a' + number);
    }

    @Test
    void everyRunIsBroughtToItsEndWhereverThePowerIsCut() {
        long seed = Long.getLong("twinbatch.powercut.seed", new Random().nextInt());
        int wanted = Integer.getInteger("twinbatch.powercut.kills", KILLS);
        System.out.println("power cuts with seed " + seed);
        Random random = new Random(seed);
        while (kills < wanted) {
            String results = "results-" + kills;
            AppRun run = bench().run("--files-per-task=1", "--output-dir=" + results, "texts");
            awaitJob(run);
            cut(run, random.nextInt(MAX_MILLIS[random.nextInt(MAX_MILLIS.length)]));
            while (kills < wanted && random.nextBoolean()) {
                cut(bench().command("resume", "--azurite=npm", run.id()), random.nextInt(MAX_RESUME_MILLIS));
            }
            bringToItsEnd(run.id());
            requireResults(results);
        }
    }

    /** Its tasks are submitted next. */
    private static void awaitJob(AppRun run) {
        Deadline.await(LIMIT, () -> "the job is created in " + run, () -> {
            assertThat(run.isAlive()).as("%s is at work", run).isTrue();
            return run.err().contains("Creating job");
        });
    }

    private void cut(AppRun run, int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        Optional<ProcessHandle> store = bench().processes().now().stream()
                .filter(process -> process.commandLine().contains("launcher.js"))
                .findFirst()
                .flatMap(process -> ProcessHandle.of(process.pid()));
        kills++;
        store.ifPresent(ProcessHandle::destroyForcibly);
        run.kill();
    }

    /** A run of which only the removal was left needs no resume, and its status must not offer one. */
    private void bringToItsEnd(String run) {
        boolean asked = kills % STATUS_EVERY == 0;
        String status = asked ? bench().command("status").endsWith(0).out() : "";
        AppRun resumed = bench().command("resume", "--azurite=npm", run);
        int exitCode = resumed.exitCodeWithin(LIMIT);
        assertThat(status).doesNotContain(" running, ");
        if (exitCode == 2) {
            assertThat(resumed.err()).contains("there is nothing to resume");
            assertThat(status).doesNotContain("app/app resume");
        } else {
            assertThat(exitCode).as("exit code of %s", resumed).isZero();
        }
    }

    private void requireResults(String folder) {
        assertThat(IntStream.range(0, INPUTS).mapToObj(PowerCutIT::word))
                .as("results after %d kills", kills)
                .allSatisfy(word -> assertThat(
                                ResultFile.words(bench().work().resolve(folder + "/" + word + "_OUTPUT.txt")))
                        .isEqualTo(word + ":\t2\nand:\t1\n"));
    }
}
