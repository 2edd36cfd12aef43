package io.twinbatch.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a run leaves that is killed, and how it is removed. */
class CleanupIT extends AppTest {
    private static final Pattern RUN = Pattern.compile("Run (\\S+) on the local backend");

    private AppRun cleanup(String... options) {
        return bench().commandWithStore("cleanup", options);
    }

    private String killedRun() {
        HeldTasks held = HeldTasks.on(bench());
        bench().write("a.txt", "a and a");
        bench().write("b.txt", "b and b");
        AppRun run = bench().run("--job-id", HeldTasks.JOB, "--slots=2", "--output-dir=results", "a.txt", "b.txt");
        held.awaitBegin(run);
        run.kill();
        Matcher id = RUN.matcher(run.err());
        assertThat(id.find()).as("%s says its id", run).isTrue();
        return id.group(1);
    }

    @Test
    void whatAKilledRunHasLeftIsListedAndDeletedOnRequest() {
        String id = killedRun();

        AppRun list = cleanup().endsWith(0);
        assertThat(list.out())
                .contains("Run " + id + " of ")
                .containsPattern("job +held +lease ends in 1 h")
                .containsPattern("pool +pool-" + id + " +1 node, lease ends in ")
                .containsPattern("container +output-" + id)
                .contains("1 pool with 1 node in all.")
                .doesNotContain("*");
        assertThat(cleanup("--yes").endsWith(0).err()).doesNotContain("Deleted");

        AppRun deletion = cleanup("--yes", "--run", id).endsWith(0);
        assertThat(deletion.err())
                .contains("Deleted job [held].", "Deleted pool [pool-" + id + "].", "Deleted container [input-" + id);

        assertThat(cleanup().endsWith(0).out()).isEqualTo("There are no leftovers of earlier runs.\n");
        assertThat(bench().onNodes()).isEmpty();
    }

    @Test
    void whatThisUserHasLeftIsToldToMachines() {
        String id = killedRun();

        JsonNode document = cleanup("--json", "--all", "--yes").endsWith(0).json();

        assertThat(document.path("status").textValue()).isEqualTo("done");
        assertThat(document.path("leftovers")).hasSize(5).allSatisfy(left -> {
            assertThat(left.path("run").textValue()).isEqualTo(id);
            assertThat(left.path("owner").textValue()).contains("@");
            assertThat(left.path("lease").textValue()).isEqualTo("held");
            assertThat(left.path("status").textValue()).isEqualTo("deleted");
        });
        assertThat(cleanup("--json").endsWith(0).json().path("leftovers")).isEmpty();
    }

    @Test
    void aRunThatEndsWellLeavesNothing() {
        bench().write("a.txt", "a and a");
        bench().run("--output-dir=results", "a.txt").endsWith(0);

        assertThat(cleanup("--all").endsWith(0).out()).isEqualTo("There are no leftovers of earlier runs.\n");
    }

    @Tag("long")
    @Test
    void whatIsKeptIsNotDeletedUntilItsUserAsksForIt() {
        bench().write("a.txt", "a and a");
        bench().run("--keep-pool", "--output-dir=results", "a.txt").endsWith(0);

        AppRun untouched = cleanup("--yes").endsWith(0);
        assertThat(untouched.out()).containsPattern("pool +pool-\\S+ +1 node, kept");

        assertThat(cleanup("--all", "--yes").endsWith(0).err()).contains("Deleted pool [");
        assertThat(cleanup().endsWith(0).out()).isEqualTo("There are no leftovers of earlier runs.\n");
    }
}
