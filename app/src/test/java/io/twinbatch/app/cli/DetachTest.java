package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of a run in a process of its own; that process is a script here. */
class DetachTest {
    private static final String SCRIPT = "twinbatch.script";
    private static final String ID = "20261122-100000-aaaa";

    @TempDir
    private Path folder;

    private AppFixture app;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.environment.put("PATH", System.getenv("PATH"));
    }

    @AfterEach
    void forgetTheScript() {
        System.clearProperty(SCRIPT);
    }

    private void startsWith(String commands) throws IOException {
        Path script = app.make("project/app/app", "#!/bin/sh\nprintf '%s\\n' \"$@\" >words\n" + commands);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        System.setProperty(SCRIPT, script.toString());
    }

    /** What a run notes when everything is checked. Its process is named by its number and its start, as Linux lists it. */
    private static String begins() {
        return "start=$(sed 's/.*) //' /proc/$$/stat | cut -d ' ' -f 20)\n"
                + "cat >state/journal/next <<END\nprocess=$$ $(cat /proc/sys/kernel/random/boot_id):$start\njob=job-"
                + ID
                + "\nbackend=local\noutputFolder=/out\nEND\nmv state/journal/next state/journal/" + ID
                + ".properties\n";
    }

    @Test
    void whenTheRunBeginsItsJobItsMessagesAndTheNextCommandsAreNamed() throws IOException {
        startsWith("echo Run X >&2\n" + begins() + "echo later >&2; echo result");

        assertThat(app.run("run", "--detach", "--nodes=2", "a b.txt"))
                .as(app.err())
                .isEqualTo(ExitCode.DONE);

        Path log = folder.resolve("state/journal/" + ID + ".log");
        assertThat(app.out())
                .contains(
                        "Run " + ID + " goes on in the background",
                        "job-" + ID,
                        "Its messages: " + log,
                        "app/app wait job-" + ID,
                        "app/app status --backend=local job-" + ID,
                        "app/app logs --backend=local job-" + ID + " TASK --follow",
                        "app/app cancel --backend=local job-" + ID);
        assertThat(app.err()).startsWith("Run X\n");
        assertThat(log).content().startsWith("Run X\n");
        assertThat(Files.readAllLines(folder.resolve("words")))
                .containsExactly("run", "--no-detach", "--nodes=2", "a b.txt");
    }

    @Test
    void theStartIsADocumentToo() throws IOException {
        startsWith(begins());

        assertThat(app.run("--detach", "--json", "a.txt")).isEqualTo(ExitCode.DONE);

        JsonNode document = JsonMapper.builder().build().readTree(app.out());
        assertThat(document.path("status").textValue()).isEqualTo("detached");
        assertThat(document.path("run").path("id").textValue()).isEqualTo(ID);
        assertThat(Files.readAllLines(folder.resolve("words"))).contains("--json");
    }

    @Test
    void anEarlierRunOfAnotherProcessWithThatNumberIsNotTakenForIt() throws IOException {
        startsWith("start=none\n" + begins().replaceFirst("start=.*\n", "") + "exit 2");

        assertThat(app.run("--detach", "a.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(app.out()).doesNotContain("goes on in the background");
    }

    @Test
    void whatKeepsTheRunFromBeginningIsSaidAndIsTheExitCode() throws IOException {
        startsWith("echo 'twinbatch: input a.txt: no such file or folder' >&2\necho '{}'\nexit 2");

        assertThat(app.run("--detach", "a.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).isEqualTo("twinbatch: input a.txt: no such file or folder\n");
        assertThat(app.out()).isEqualTo("{}\n");
        assertThat(folder.resolve("state/journal").toFile().list()).isEmpty();
    }

    @Test
    void aSignalBeforeTheBeginEndsTheOtherProcess() throws IOException {
        startsWith("trap 'exit 143' TERM\necho ready >&2\nwhile :; do sleep 0.1; done");
        Thread signal = new Thread(() -> {
            while (!app.err().contains("ready")) {
                Thread.onSpinWait();
            }
            app.interruption.signal(ExitCode.INTERRUPTED);
        });
        signal.start();

        assertThat(app.run("--detach", "a.txt")).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void detachingFromTheEnvironmentDetachesOnce() throws IOException {
        app.environment.put("TWINBATCH_DETACH", "true");
        startsWith(begins());

        assertThat(app.run("a.txt")).isEqualTo(ExitCode.DONE);

        assertThat(Files.readAllLines(folder.resolve("words"))).containsExactly("run", "--no-detach", "a.txt");
        app.make("a.txt", "a");
        assertThat(app.run("run", "--no-detach", "a.txt")).isEqualTo(ExitCode.DONE);
        assertThat(app.session.plans).hasSize(1);
    }

    @Test
    void aFolderOfOthersIsRefusedAndLeftAsItIs() throws IOException {
        startsWith(begins());
        Path other = app.make("shared/file", "").getParent();
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(app.run("run", "--detach", "--state-dir=shared", "a.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains("state folder " + other);
        assertThat(other.toFile().list()).containsExactly("file");
    }

    @Test
    void aDryRunIsNotDetached() throws IOException {
        startsWith("");

        for (List<String> words :
                List.of(List.of("--detach", "--dry-run"), List.of("--dry-run", "--detach", "a.txt"))) {
            assertThat(app.run(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
            assertThat(app.err()).contains("leave out --detach");
        }
        assertThat(Arrays.asList(folder.toFile().list())).doesNotContain("words", "state");
    }
}
