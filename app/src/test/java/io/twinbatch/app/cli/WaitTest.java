package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.journal.RunJournal;
import io.twinbatch.app.run.Backend;
import io.twinbatch.local.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitTest {
    private static final RunId RUN = new RunId("20261122-095500-bbbb");
    private static final String JOB = "job-" + RUN;

    @TempDir
    private Path folder;

    private AppFixture app;
    private RunJournal journal;
    private Process client;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        app.make("a.txt", "a");
        journal = new RunJournal(folder.resolve("state"));
        client = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void endClient() {
        client.destroyForcibly();
    }

    private JournaledRun begin() throws IOException {
        JournaledRun run = new JournaledRun(
                RUN,
                RUN.job(),
                Backend.LOCAL,
                folder.resolve("out"),
                ProcessIdentity.of(client.toHandle()).orElseThrow(),
                Optional.empty(),
                Optional.empty());
        journal.write(run);
        return run;
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfARunIsTheEndOfTheWait(Ending ending) {
        app.session.ending = ending;
        ExitCode exitCode = app.run("--output-dir=out", "a.txt");
        String ended = app.err()
                .lines()
                .filter(line -> line.startsWith("Ended "))
                .findFirst()
                .orElseThrow();
        String job = app.session.plans.get(0).job().id().value();

        assertThat(app.run("wait", job)).isEqualTo(exitCode);
        assertThat(app.err()).contains(ended);
        assertThat(app.run("wait", app.session.plans.get(0).id().value())).isEqualTo(exitCode);
    }

    @Test
    void aRunThatFailedSaysWhy() {
        app.session.thrown = Optional.of(new BatchException(ErrorCode.UNAVAILABLE, "job x", "it does not answer"));
        app.run("a.txt");

        assertThat(app.run("wait", app.session.plans.get(0).id().value())).isEqualTo(ExitCode.PROVIDER);

        assertThat(app.err()).contains("it does not answer");
    }

    @Test
    void whatADetachedRunPrintedIsPrintedAtItsEnd() throws Exception {
        JournaledRun run = begin();
        Files.writeString(journal.output(run), "a.txt  ->  out/a_OUTPUT.txt\n");
        Files.writeString(journal.log(run), "what happened\n");
        Thread end = new Thread(() -> {
            try {
                journal.write(run.endedWith(new JournaledRun.Ending(ExitCode.TASKS_FAILED, "Ended: 0 of 1")));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            client.destroy();
        });
        end.start();

        assertThat(app.run("wait", JOB)).isEqualTo(ExitCode.TASKS_FAILED);

        end.join();
        assertThat(app.out()).isEqualTo("a.txt  ->  out/a_OUTPUT.txt\n");
        assertThat(app.err()).contains("Ended: 0 of 1", "Its messages: " + journal.log(run));
    }

    @Test
    void aKilledRunIsSaidToBeOneThatCanBeContinued() throws Exception {
        begin();
        client.destroyForcibly().waitFor();

        assertThat(app.run("wait", JOB)).isEqualTo(ExitCode.PROVIDER);

        assertThat(app.err())
                .contains("has ended before the run: it was killed", "app/app resume --backend=local " + RUN);
    }

    @Test
    void aSignalEndsTheWaitAndNotTheRun() throws Exception {
        begin();
        Thread signal = new Thread(() -> {
            while (!app.err().contains("Waiting for the end of run")) {
                Thread.onSpinWait();
            }
            app.interruption.signal(ExitCode.INTERRUPTED);
        });
        signal.start();

        assertThat(app.run("wait", JOB)).isEqualTo(ExitCode.INTERRUPTED);

        signal.join();
        assertThat(app.err()).contains("the run goes on");
        assertThat(client.isAlive()).isTrue();
    }

    @Test
    void aRunThatIsNotKnownIsRefused() {
        assertThat(app.run("wait", "none")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("has no run 'none'", "--state-dir");
        assertThat(app.run("wait", "--json", "none")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRunThatHasNoJobYetIsShownAndCanBeCancelled() throws Exception {
        begin();

        assertThat(app.run("status", RUN.value())).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("is at work, as process " + client.pid(), "app/app wait " + RUN);
        assertThat(app.run("cancel", RUN.value())).isEqualTo(ExitCode.DONE);
        assertThat(client.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(app.run("status", RUN.value())).isEqualTo(ExitCode.DONE);
        assertThat(app.out()).contains("its client was killed", "app/app resume --backend=local " + RUN);
    }

    @Test
    void aRunIsNotRunAgainWhileItIsAtWork() throws Exception {
        app.session.failing.add("a.txt");
        app.run("--output-dir=out", "a.txt");
        JournaledRun failed = journal.findByOutputFolder(folder.resolve("out")).orElseThrow();
        journal.write(new JournaledRun(
                failed.id(),
                failed.job(),
                failed.backend(),
                failed.outputFolder(),
                begin().process(),
                failed.launch(),
                Optional.empty()));

        assertThat(app.run("rerun", "--failed", failed.id().value())).isEqualTo(ExitCode.USAGE);

        assertThat(app.err()).contains("is at work, as process " + client.pid(), "app/app wait");
    }
}
