package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What messages say to type is typed as they say it, and does what they say. */
class AdviceIT extends AppTest {
    private static final Duration AZURITE_ENDS = Duration.ofSeconds(15);

    private HeldTasks held;

    @BeforeEach
    void writeInputs() {
        held = HeldTasks.on(bench());
        for (String name : new String[] {"a", "b", "c"}) {
            bench().write(name + ".txt", name);
        }
    }

    /** A run whose first task waits and whose last one fails. */
    private AppRun start(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--command=case {/} in c.txt) echo no >&2; exit 3;; esac; cat {}",
                "--job-id",
                HeldTasks.JOB,
                "--slots=3",
                "--output-dir=results"));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(List.of("a.txt", "b.txt", "c.txt"));
        return bench().run(arguments.toArray(String[]::new));
    }

    /** The same, once its other tasks have ended. */
    private AppRun startUntilOthersHaveEnded() {
        AppRun run = start();
        held.awaitBegin(run);
        return run.untilItSays("2 of 3 tasks done");
    }

    private AppRun killed() {
        AppRun run = startUntilOthersHaveEnded();
        run.kill();
        awaitTheEndOfAzurite();
        return run;
    }

    private void awaitTheEndOfAzurite() {
        Deadline.await(
                AZURITE_ENDS,
                () -> "Azurite ends: " + bench().processes().now(),
                () -> bench().processes().now().stream()
                        .noneMatch(process -> process.commandLine().contains("azurite")));
    }

    /**
     * The command line of the app in a text between two others.
     *
     * @param before what stands before it
     * @param after a pattern of what stands after it
     */
    private static String advice(String text, String before, String after) {
        Matcher found = Pattern.compile(Pattern.quote(before) + "(app/app .*?)(?:" + after + ")", Pattern.DOTALL)
                .matcher(text);
        assertThat(found.find())
                .as("%s followed by advice in: %s", before, text)
                .isTrue();
        return found.group(1);
    }

    private AppRun type(String line) {
        List<String> words = words(line);
        return bench().start(words.subList(1, words.size()));
    }

    private static List<String> words(String line) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "printf '%s\\n' " + line).start();
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Tag("long")
    @Test
    void whatStatusSaysOfARunAtWorkShowsItsTasks() {
        AppRun run = startUntilOthersHaveEnded();

        String list = bench().command("status").endsWith(0).out();
        String one = type(advice(list, "More about one: ", "\\n").replace("JOB", HeldTasks.JOB))
                .endsWith(0)
                .out();
        assertThat(type(advice(one, "To why a task failed: ", "\\n"))
                        .endsWith(0)
                        .out())
                .contains("no");
        held.say("here I am");
        AppRun follow = type(advice(one, "To what a task writes: ", "\\n")).untilItPrints("here I am");
        held.release();

        follow.endsWith(0);
        run.endsWith(1);
    }

    @Tag("long")
    @Test
    void whatStatusSaysOfAKilledRunContinuesIt() {
        killed();
        String list = bench().command("status").endsWith(0).out();
        String one = bench().command("status", HeldTasks.JOB).endsWith(0).out();
        held.release();

        AppRun resumed = type(advice(one, "To continue it: ", "\\n")).endsWith(1);

        assertThat(resumed.err()).contains("2 of 3 inputs done");
        AppRun again = type(advice(list, "To continue one that is active: ", "\\n")
                        .replace("JOB", HeldTasks.JOB))
                .endsWith(2);
        type(advice(again.err(), "run again; ", " lists")).endsWith(0);
    }

    @Tag("long")
    @Test
    void whatCancelStatusAndCleanupSayOfAKilledRunDeletesIt() {
        killed();
        AppRun cancel = bench().command("cancel", HeldTasks.JOB).endsWith(2);

        String one = type(advice(cancel.err(), "; ", " says what")).endsWith(0).out();
        String delete = advice(one, "To delete everything of its run: ", "\\n");
        assertThat(type(delete).endsWith(0).err()).contains("add --yes to delete");
        type(delete + " --yes").endsWith(0);

        AppRun none = type(delete).endsWith(2);
        assertThat(type(advice(none.err(), "; ", " lists")).endsWith(0).out())
                .contains("There are no leftovers of earlier runs.");
        AppRun logs = bench().command("logs", HeldTasks.JOB, "task0").endsWith(2);
        assertThat(type(advice(logs.err(), "; ", " lists the jobs")).endsWith(0).out())
                .contains("There are no jobs.");
    }

    @Tag("long")
    @Test
    void whatARunSaysAtItsTimeLimitAndAfterFailuresDoesTheRest() {
        AppRun stopped = start("--timeout=5s").endsWith(4);
        String rest = stopped.err()
                .lines()
                .filter(line -> line.startsWith("To process the other inputs, repeat the command with: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(stopped.toString()))
                .replaceFirst(".*: ", "");
        held.release();

        AppRun failed = start(words(rest).toArray(String[]::new)[0]).endsWith(1);
        bench().write("c.txt", "other");
        String again = advice(failed.err(), "To run what failed again: ", "\\n");

        assertThat(type(again).endsWith(1).err()).contains("2 of 3 inputs done", "Added 1 task ");
    }

    @Tag("long")
    @Test
    void whatASecondInterruptionSaysDeletesWhatIsLeft() {
        AppRun run = startUntilOthersHaveEnded();
        run.signal("STOP");
        run.signal("INT");
        run.signal("TERM");
        run.signal("CONT");
        assertThat(run.exitCode()).as("%s", run).isIn(130, 143);
        awaitTheEndOfAzurite();
        String delete = advice(run.err(), "to delete them: ", "\\n");

        type(delete + " --yes").endsWith(0);

        assertThat(bench().command("cleanup", "--dry-run").endsWith(0).out())
                .contains("There are no leftovers of earlier runs.");
    }

    @Tag("long")
    @Test
    void whatADetachedRunSaysShowsItAndEndsIt() {
        AppRun started = start("--detach").endsWith(0);
        held.awaitBegin(started);

        assertThat(type(advice(started.out(), "how far it is: ", "\\n"))
                        .endsWith(0)
                        .out())
                .contains("Job held");
        AppRun wait = type(advice(started.out(), "see its results: ", "\\n")).untilItSays("Waiting for the end");
        AppRun follow =
                type(advice(started.out(), "what a task writes: ", "\\n").replace("TASK", "task0"));
        type(advice(started.out(), "To end it: ", "\\n")).endsWith(0);

        wait.endsWith(143);
        follow.exitCode();
    }
}
