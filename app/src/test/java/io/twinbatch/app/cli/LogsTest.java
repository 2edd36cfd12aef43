package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.app.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    @TempDir
    private Path folder;

    private AppFixture app;
    private LookFixture jobs;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        jobs = new LookFixture(app);
        jobs.fill();
    }

    private ExitCode logs(String... arguments) {
        String[] words = new String[arguments.length + 2];
        words[0] = "logs";
        words[1] = LookFixture.JOB.value();
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return app.run(words);
    }

    private void write(String task, String path, String text) {
        app.look.write(LookFixture.key(task), path, text);
    }

    private void become(String task, TaskStatus status, int retries, int requeues) {
        jobs.put(task, status, Optional.of(requeues > 0 ? LookFixture.OTHER : LookFixture.NODE), retries, requeues);
    }

    @Test
    void whatATaskWroteIsPrintedAsItIs() {
        write("topNtask0", "stdout.txt", "one\u001b[31m\ntwo without an end");

        assertThat(logs("topNtask0")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).isEqualTo("one\u001b[31m\ntwo without an end");
        assertThat(app.err()).isEmpty();
    }

    @Test
    void standardErrorAndOtherFilesCanBeAskedFor() {
        write("topNtask1", "stderr.txt", "no such file\n");
        write("topNtask1", "wd/part.txt", "part\n");

        logs("topNtask1", "--stderr");
        assertThat(app.out()).isEqualTo("no such file\n");
        logs("topNtask1", "--file=wd/part.txt");
        assertThat(app.out()).isEqualTo("part\n");
        assertThat(logs("topNtask1", "--file=wd/none.txt")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("no file 'wd/none.txt'; it has stderr.txt, wd/part.txt");
        assertThat(logs("topNtask1", "--file=wd/part.txt", "--stderr")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTaskThatRunsOrWaitsIsSaidToDoSo() {
        write("topNtask2", "stdout.txt", "so far\n");

        assertThat(logs("topNtask2")).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).isEqualTo("so far\n");
        assertThat(app.err()).contains("has not ended; --follow goes on");
        assertThat(logs("topNtask3")).isEqualTo(ExitCode.DONE);
        assertThat(app.err()).contains("Task topNtask3 has not started: it is queued.");
    }

    @Test
    void followingGoesOnUntilTheTaskHasEnded() {
        write("topNtask2", "stdout.txt", "one\n");
        app.look.scriptedEvents.add(() -> write("topNtask2", "stdout.txt", "one\ntwo\n"));
        app.look.scriptedEvents.add(() -> {});
        app.look.scriptedEvents.add(() -> {
            write("topNtask2", "stdout.txt", "one\ntwo\nthree");
            jobs.put("topNtask2", new TaskStatus.Failed(9), Optional.of(LookFixture.NODE), 0, 1);
        });

        assertThat(logs("topNtask2", "-f")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).isEqualTo("one\ntwo\nthree");
        assertThat(app.err()).isEqualTo("Task topNtask2 failed with exit code 9.\n");
    }

    @Test
    void aTaskThatWaitsIsWaitedFor() {
        app.look.scriptedEvents.add(() -> {});
        app.look.scriptedEvents.add(() -> become("topNtask3", new TaskStatus.Preparing(), 0, 0));
        app.look.scriptedEvents.add(() -> {
            write("topNtask3", "stdout.txt", "here\n");
            become("topNtask3", new TaskStatus.Succeeded(), 0, 0);
        });

        assertThat(logs("topNtask3", "--follow")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).isEqualTo("here\n");
        assertThat(app.err().lines())
                .containsExactly("Task topNtask3 is queued; waiting for it to start.", "Task topNtask3 succeeded.");
    }

    @Test
    void aTaskThatIsStartedAgainIsFollowedFromItsBeginning() {
        become("topNtask2", new TaskStatus.Running(), 0, 0);
        write("topNtask2", "stdout.txt", "first try\n");
        app.look.scriptedEvents.add(() -> jobs.put("topNtask2", new TaskStatus.Requeued(), Optional.empty(), 0, 1));
        app.look.scriptedEvents.add(() -> {
            write("topNtask2", "stdout.txt", "second\n");
            become("topNtask2", new TaskStatus.Succeeded(), 0, 1);
        });

        assertThat(logs("topNtask2", "--follow")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).isEqualTo("first try\nsecond\n");
        assertThat(app.err())
                .contains("has lost its node; waiting for it to start", "was started again, on node tvm-2-d");
    }

    @Test
    void aFileThatIsEmptiedIsFollowedFromItsBeginning() {
        write("topNtask2", "stdout.txt", "a long line\n");
        app.look.scriptedEvents.add(() -> write("topNtask2", "stdout.txt", "new\n"));
        app.look.scriptedEvents.add(
                () -> jobs.put("topNtask2", new TaskStatus.Succeeded(), Optional.of(LookFixture.NODE), 0, 1));

        assertThat(logs("topNtask2", "--follow")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).isEqualTo("a long line\nnew\n");
        assertThat(app.err()).contains("The file was truncated");
    }

    @Test
    void whereNobodyIsAtWorkNothingIsWaitedFor() {
        write("topNtask2", "stdout.txt", "so far\n");
        app.look.standstill = Optional.of("no run is at work");

        assertThat(logs("topNtask2", "--follow")).isEqualTo(ExitCode.PROVIDER);

        assertThat(app.out()).isEqualTo("so far\n");
        assertThat(app.err()).contains("has not ended, and does not run: no run is at work");
    }

    @Test
    void ctrlCEndsFollowing() {
        write("topNtask2", "stdout.txt", "so far\n");
        app.look.scriptedEvents.add(() -> app.interruption.signal(ExitCode.INTERRUPTED));

        assertThat(logs("topNtask2", "--follow")).isEqualTo(ExitCode.INTERRUPTED);

        assertThat(app.out()).isEqualTo("so far\n");
        assertThat(app.err()).doesNotContain("removing");
    }

    @Test
    void whenTheNodeIsGoneTheCopyIsNamed() {
        assertThat(logs("topNtask1", "--stderr")).isEqualTo(ExitCode.PROVIDER);
        assertThat(app.err()).contains("is gone with its node tvm-1-d", "cannot be read now");
        assertThat(logs("topNtask0")).isEqualTo(ExitCode.PROVIDER);
        assertThat(app.err()).contains("only standard output and error of failed tasks");
    }

    @Test
    void whatIsNotThereIsWrongUsage() {
        assertThat(logs("topNtask9")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err())
                .contains("has no task 'topNtask9'; it has topNtask0, topNtask1, topNtask2, topNtask3, topNtask4");
        assertThat(logs("no such task!")).isEqualTo(ExitCode.USAGE);
        assertThat(app.run("logs", "none", "topNtask0")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("there is no job 'none'");
        assertThat(app.run("logs", "none")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("TASK is missing");
        assertThat(app.run("logs")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("JOB is missing");
    }

    @Test
    void theLogBesideTheResultsIsPrintedWhenTheJobIsDeleted() throws IOException {
        Path usual = Files.createDirectories(folder.resolve("twinbatch-output/20261122-175901-gone/logs/topNtask7"));
        Files.writeString(usual.resolve("stderr.txt"), "why it failed\n");
        Path named = Files.createDirectories(folder.resolve("out/logs/topNtask7"));
        Files.writeString(named.resolve("stdout.txt"), "what it wrote\n");

        app.run("logs", "20261122-175901-gone", "topNtask7", "--stderr");
        assertThat(app.out()).isEqualTo("why it failed\n");
        app.run("logs", "job-20261122-175901-gone", "topNtask7", "--stderr");
        assertThat(app.out()).isEqualTo("why it failed\n");
        app.run("logs", "job-of-mine", "topNtask7", "--output-dir=out");
        assertThat(app.out()).isEqualTo("what it wrote\n");
        assertThat(app.err()).contains("out/logs/topNtask7/stdout.txt");
        assertThat(app.run("logs", "20261122-175901-gone", "topNtask8")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aDocumentIsRefused() {
        assertThat(logs("topNtask0", "--no-json")).isNotEqualTo(ExitCode.USAGE);
        assertThat(logs("topNtask0", "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("--json is not for it");
    }
}
