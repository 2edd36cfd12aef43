package io.twinbatch.app.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.inspect.RunProcess;
import io.twinbatch.app.journal.JournaledRun.Ending;
import io.twinbatch.app.run.Backend;
import io.twinbatch.local.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {
    private static final ProcessIdentity GONE =
            new ProcessIdentity(ProcessHandle.current().pid(), "another moment");

    @TempDir
    private Path stateDir;

    private RunJournal journal;

    @BeforeEach
    void setUp() {
        journal = new RunJournal(stateDir);
    }

    private static JournaledRun run(int number, ProcessIdentity process) {
        RunId id = new RunId(String.format("20261122-1000-%03d", number));
        Launch launch = new Launch(
                Path.of("/here"),
                List.of("--command=echo 'ü\n\u0001'", "a b", ""),
                Map.of("TWINBATCH_NODES", "2"),
                List.of("Zürich\n.txt"),
                true);
        return new JournaledRun(
                id,
                new JobId("job" + number),
                Backend.AZURE,
                Path.of("/out"),
                process,
                Optional.of(launch),
                Optional.empty());
    }

    @Test
    void aRunIsFoundAsItWasNoted() throws IOException {
        JournaledRun run = run(1, ProcessIdentity.current());
        journal.write(run);

        assertThat(journal.find(run.id().value())).contains(run);
        assertThat(journal.find("job1")).contains(run);
        assertThat(journal.findByOutputFolder(Path.of("/out/./"))).contains(run);
        assertThat(journal.findByProcess(run.process())).contains(run);
        assertThat(journal.findByProcess(GONE))
                .as("another process of that number")
                .isEmpty();
        assertThat(journal.find("job2")).isEmpty();

        JournaledRun ended = run.endedWith(new Ending(ExitCode.TIME_LIMIT, "Ended.\nSo it is."));
        journal.write(ended);
        assertThat(journal.find("job1")).contains(ended);
    }

    @Test
    void ofTwoRunsThatFitTheNewestIsMeant() throws IOException {
        journal.write(run(2, GONE));
        journal.write(run(1, GONE));

        assertThat(journal.findByOutputFolder(Path.of("/out"))).contains(run(2, GONE));
    }

    @Test
    void aClientIsAtWorkUntilItsProcessOrItsRunHasEnded() {
        assertThat(run(1, ProcessIdentity.current()).client()).contains(new RunProcess(ProcessHandle.current()));
        assertThat(run(1, GONE).client())
                .as("another process has its number now")
                .isEmpty();
        assertThat(run(1, ProcessIdentity.current())
                        .endedWith(new Ending(ExitCode.DONE, ""))
                        .client())
                .isEmpty();
    }

    @Test
    void olderRunsAreForgottenButNotThoseAtWork() throws IOException {
        for (int i = 0; i < RunJournal.KEPT_RUNS + 3; i++) {
            journal.write(run(i, i == 1 ? ProcessIdentity.current() : GONE));
            Files.writeString(journal.log(run(i, GONE)), "log");
        }

        assertThat(journal.find("job0")).isEmpty();
        assertThat(journal.log(run(0, GONE))).doesNotExist();
        assertThat(journal.find("job1")).isPresent();
        assertThat(journal.find("job2")).isEmpty();
        assertThat(journal.find("job3")).isPresent();
    }

    @Test
    void whatADetachedRunPrintsIsFoundWhetherOrNotItWasNamedAfterTheRun() throws IOException {
        JournaledRun run = run(1, GONE);
        journal.createFolder();
        Files.writeString(journal.output(GONE), "results");
        Files.writeString(journal.log(GONE), "messages");

        assertThat(journal.output(run)).hasContent("results");
        assertThat(journal.log(run)).hasContent("messages");
        journal.begin(run);

        assertThat(journal.output(run))
                .hasContent("results")
                .hasFileName(run.id().value() + ".out");
        assertThat(journal.log(run)).hasContent("messages").hasFileName(run.id().value() + ".log");
    }

    @Test
    void anEmptyStateFolderBecomesPrivate() throws IOException {
        Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwxr-xr-x"));

        journal.write(run(1, GONE));

        assertThat(Files.getPosixFilePermissions(stateDir)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aFileThatIsNotUnderstoodIsNoRun() throws IOException {
        Files.writeString(journal.createFolder().resolve("20261122-1000-001.properties"), "job=\\u12");
        Files.writeString(journal.createFolder().resolve("Not an id.properties"), "");
        journal.write(run(2, GONE));

        assertThat(journal.find("job2")).isPresent();
        assertThat(journal.find("20261122-1000-001")).isEmpty();
    }
}
