package io.twinbatch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
    @TempDir
    private Path folder;

    private AppFixture app;
    private LookFixture jobs;

    @BeforeEach
    void setUp() throws IOException {
        app = new AppFixture(folder);
        jobs = new LookFixture(app);
    }

    @Test
    void theJobsAreListedByRunTheNewestFirst() {
        jobs.fill();

        assertThat(app.run("status")).isEqualTo(ExitCode.DONE);

        assertThat(app.out().lines())
                .containsExactly(
                        "Run 20261122-095500-bbbb of ada@laptop, 5 min ago",
                        "  job   job-20261122-095500-bbbb  active, 5 tasks: 2 queued, 1 running, 1 succeeded, 1 failed",
                        "  pool  pool-20261122-095500-bbbb  2 nodes",
                        "Created by no run, 2 h ago",
                        "  job   hello  ended (UserTerminate), no tasks",
                        "  pool  pool-20261122-095500-bbbb  2 nodes",
                        "More about one: app/app status --backend=local JOB",
                        "To continue one that is active, if its run has died: app/app resume --backend=local JOB");
        assertThat(app.started).as("a look starts nothing").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 120})
    void whatIsShownFitsTheWindowAndCommandsStayWhole(int columns) {
        jobs.fill();
        app.terminal = new Terminal(true, true, true, true, false, () -> columns);

        app.run("status", "--state-dir=state");
        List<String> list = app.out().lines().toList();
        app.run("status", "--state-dir=state", LookFixture.JOB.value());
        List<String> one = app.out().lines().toList();

        for (List<String> shown : List.of(list, one)) {
            assertThat(shown)
                    .filteredOn(line -> !line.contains("app/app "))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        }
        assertThat(String.join(" ", list).replaceAll(" +", " "))
                .contains("job-20261122-095500-bbbb active, 5 tasks: 2 queued, 1 running, 1 succeeded, 1 failed");
        assertThat(one)
                .anySatisfy(line -> assertThat(line)
                        .endsWith("app/app logs --backend=local --state-dir=state job-20261122-095500-bbbb"
                                + " topNtask1 --stderr"));
    }

    @Test
    void inANarrowWindowWhatIsSaidOfAJobStandsBelowIt() {
        jobs.fill();
        app.terminal = new Terminal(true, true, true, true, false, () -> 60);

        app.run("status");

        assertThat(app.out().lines())
                .startsWith(
                        "Run 20261122-095500-bbbb of ada@laptop, 5 min ago",
                        "  job   job-20261122-095500-bbbb",
                        "        active, 5 tasks: 2 queued, 1 running, 1 succeeded, 1",
                        "        failed",
                        "  pool  pool-20261122-095500-bbbb  2 nodes")
                .endsWith(
                        "To continue one that is active, if its run has died:",
                        "    app/app resume --backend=local JOB");
    }

    @Test
    void whereThereAreNoJobsThatIsSaid() {
        app.look.standstill = Optional.of("nobody is at work");

        assertThat(app.run("status")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).contains("There are no jobs.", "Nothing is running: nobody is at work.");
    }

    @Test
    void onlyTheNewestAreListedUnlessAllAreWanted() {
        for (int i = 0; i < 23; i++) {
            jobs.putJob(
                    new JobId("job" + i),
                    Map.of(),
                    JobState.ACTIVE,
                    app.clock.instant().minusSeconds(i));
        }

        app.run("status");
        assertThat(app.out())
                .contains("job0 ", "job19 ", "and 3 older; --all-jobs lists them")
                .doesNotContain("job20 ");
        app.run("status", "--all-jobs");
        assertThat(app.out()).contains("job22 ").doesNotContain("older");
    }

    @Test
    void aJobIsToldInFullWithWhatIsWrongAndWhatToDoNext() {
        jobs.fill();

        assertThat(app.run("status", LookFixture.JOB.value())).isEqualTo(ExitCode.DONE);

        assertThat(app.out())
                .contains(
                        "Job job-20261122-095500-bbbb",
                        "active",
                        "5 tasks: 2 queued, 1 running, 1 succeeded, 1 failed",
                        "20261122-095500-bbbb of ada@laptop",
                        "ends in 1 h 15 min; a cleanup",
                        "node tvm-1-d: running 1 task",
                        "node tvm-2-d: its start task failed with exit code 7 (FailureExitCode: it said no)",
                        "topNtask2: running for 29 s, on node tvm-1-d, lost its node 1 time",
                        "topNtask1: failed with exit code 3, on node tvm-1-d, tried again 2 times",
                        "app/app logs --backend=local job-20261122-095500-bbbb topNtask1 --stderr",
                        "app/app logs --backend=local job-20261122-095500-bbbb topNtask2 --follow",
                        "app/app resume --backend=local job-20261122-095500-bbbb",
                        "app/app cleanup --backend=local --run 20261122-095500-bbbb");
    }

    @Test
    void aJobIsFoundByItsRunAlsoWhenItsUserChoseItsName() {
        jobs.putJob(
                new JobId("mine"),
                new RunTags(LookFixture.RUN, Optional.empty(), Optional.empty()).toMetadata(),
                JobState.ACTIVE,
                app.clock.instant());

        assertThat(app.run("status", LookFixture.RUN.value())).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).startsWith("Job mine\n").contains("kept by its user");
    }

    @Test
    void whenNobodyIsAtWorkWhatRanIsNotSaidToRun() {
        jobs.fill();
        app.look.standstill = Optional.of("no run is at work");

        app.run("status", LookFixture.JOB.value());

        assertThat(app.out())
                .contains(
                        "nothing of it is running: no run is at work",
                        "5 tasks: 2 queued, 1 running when it stopped, 1 succeeded, 1 failed",
                        "was running",
                        "To continue it: app/app resume")
                .doesNotContain("--follow");
    }

    @Test
    void theListSaysHowToGoOnWhetherOrNotItIsKnownThatNobodyIsAtWork() {
        jobs.fill();

        app.run("status");
        assertThat(app.out())
                .contains(
                        "1 running, ",
                        "To continue one that is active, if its run has died: app/app resume --backend=local JOB");

        app.look.standstill = Optional.of("no run is at work");
        app.run("status");
        assertThat(app.out())
                .contains(
                        "1 running when it stopped, ",
                        "To continue one that is active: app/app resume --backend=local JOB");
    }

    @Test
    void aRunWithoutARecordIsNotSaidToBeResumable() {
        jobs.fill();
        app.look.standstill = Optional.of("no run is at work");
        app.look.hasRecords = false;

        app.run("status");
        assertThat(app.out()).contains("app/app status --backend=local JOB").doesNotContain("resume");

        app.run("status", LookFixture.JOB.value());
        assertThat(app.out())
                .contains("To delete the leftovers of its run: app/app cleanup")
                .doesNotContain("resume");
    }

    @Test
    void theCommandsToTypeNextNameTheBackendAndTheFolder() {
        jobs.fill();

        app.run("status", "--state-dir=my state", LookFixture.JOB.value());

        assertThat(app.out()).contains("app/app resume --backend=local --state-dir='my state' job-");
    }

    @Test
    void aJobThatIsNotThereIsWrongUsage() {
        jobs.fill();

        for (String name : new String[] {"none", "20261122-095500-zzzz", "not a name!"}) {
            assertThat(app.run("status", name)).isEqualTo(ExitCode.USAGE);
            assertThat(app.err()).contains("there is no job '" + name + "'", "app/app status --backend=local lists");
            assertThat(app.out()).isEmpty();
        }
    }

    @Test
    void aSecondJobIsOneTooMany() {
        assertThat(app.run("status", "a", "b")).isEqualTo(ExitCode.USAGE);
        assertThat(app.err()).contains("unexpected word 'b'; app/app status --help lists what the command takes");
    }

    @Test
    void theListIsADocumentToo() throws IOException {
        jobs.fill();

        assertThat(app.run("status", "--json")).isEqualTo(ExitCode.DONE);

        JsonNode document = JsonMapper.builder().build().readTree(app.out());
        assertThat(document.at("/command").asText()).isEqualTo("status");
        assertThat(document.at("/standstill").asText()).isEmpty();
        assertThat(document.at("/jobs")).hasSize(2);
        assertThat(document.at("/jobs/0/run").asText()).isEqualTo(LookFixture.RUN.value());
        assertThat(document.at("/jobs/0/tasks/queued").asInt()).isEqualTo(2);
        assertThat(document.at("/jobs/0/pool/nodes").asInt()).isEqualTo(2);
        assertThat(document.at("/jobs/1/state").asText()).isEqualTo("completed");
        assertThat(document.at("/omitted").asInt()).isZero();
    }

    @Test
    void aJobIsADocumentToo() throws IOException {
        jobs.fill();

        assertThat(app.run("status", "--json", LookFixture.RUN.value())).isEqualTo(ExitCode.DONE);

        JsonNode job = JsonMapper.builder().build().readTree(app.out()).at("/job");
        assertThat(job.at("/id").asText()).isEqualTo(LookFixture.JOB.value());
        assertThat(job.at("/nodes/1/state").asText()).isEqualTo("start_task_failed");
        assertThat(job.at("/troubles/0").asText()).contains("its start task failed");
        assertThat(job.at("/runningTasks/0/task").asText()).isEqualTo("topNtask2");
        assertThat(job.at("/failedTasks/0/status").asText()).isEqualTo("failed with exit code 3");
    }

    @Test
    void watchingAJobEndsWithIt() {
        jobs.fill();
        app.run("status", "hello");
        String once = app.out();

        assertThat(app.run("status", "--watch", "hello")).isEqualTo(ExitCode.DONE);

        assertThat(app.out()).isEqualTo(once);
        assertThat(app.run("status", "--watch", "--json", "hello")).isEqualTo(ExitCode.USAGE);
    }
}
