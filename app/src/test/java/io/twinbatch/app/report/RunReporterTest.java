package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvent.Transfer;
import io.twinbatch.api.workflow.model.RunResult.Reason;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunReporterTest {
    private final TickingClock clock = new TickingClock();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final RunReporter reporter = new RunReporter(
            new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.NONE, clock),
            "app/app cleanup --run r",
            "app/app resume r",
            Path.of("out"),
            false);

    @Test
    void aRemoteServiceIsSaidToHaveTakenAnOrderAndNotToHaveDeleted() {
        RunReporter remote = new RunReporter(
                new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.NONE, clock),
                "app/app cleanup --run r",
                "app/app resume r",
                Path.of("out"),
                true);
        remote.on(new RunEvent.CleanedUp(Resource.JOB, "j"));
        remote.on(new RunEvent.CleanedUp(Resource.POOL, "p"));
        remote.on(new RunEvent.CleanedUp(Resource.CONTAINER, "c"));
        assertThat(lines())
                .containsExactly(
                        "Deletion of job [j] ordered.",
                        "Deletion of pool [p] ordered; its nodes cost money until the service has removed them.",
                        "Deleted container [c].");
    }

    @Test
    void eachStepIsALine() {
        PoolId pool = new PoolId("pool-1");
        reporter.on(new RunEvent.Uploading(new Transfer(0, 4, 0, 2048)));
        reporter.on(new RunEvent.Uploading(new Transfer(4, 4, 2048, 2048)));
        reporter.on(new RunEvent.StepDone(Step.UPLOAD, Duration.ofMillis(300)));
        reporter.on(new RunEvent.PoolCreated(PoolSpec.of(pool, 1).withSlotsPerNode(2)));
        reporter.on(new RunEvent.JobCreated(JobSpec.of(new JobId("job-1"), pool)));
        reporter.on(new RunEvent.TasksSubmitted(3));
        progress(3, 0);
        reporter.on(new RunEvent.StepDone(Step.WATCH, Duration.ofSeconds(83)));
        reporter.on(new RunEvent.CleanedUp(Resource.JOB, "job-1"));
        reporter.on(new RunEvent.NotCleanedUp(new Remaining(Resource.POOL, "pool-1", Reason.NOT_OURS), ""));
        reporter.on(new RunEvent.NotCleanedUp(new Remaining(Resource.POOL, "p", Reason.CLEANUP_FAILED), "down"));
        reporter.on(new RunEvent.NotCleanedUp(new Remaining(Resource.POOL, "q", Reason.KEPT), ""));
        reporter.on(new RunEvent.NotCleanedUp(new Remaining(Resource.JOB, "j", Reason.KEPT), ""));
        assertThat(lines())
                .containsExactly(
                        "Uploading 4 files (2.0 KiB) ...",
                        "Uploaded in 0.3 s.",
                        "Creating pool [pool-1] with 1 node, 2 task slots each ...",
                        "Creating job [job-1] ...",
                        "Added 3 tasks to the job; watching them ...",
                        "All tasks have ended, after 1 min 23 s.",
                        "Deleted job [job-1].",
                        "Left pool [pool-1] as it is: it was there before this run.",
                        "Could not delete pool [p]; to delete it: app/app cleanup --run r (down)",
                        "Kept pool [q], as you asked; to delete it: app/app cleanup --run r",
                        "Kept job [j], as you asked; to delete it: app/app cleanup --run r");
    }

    @Test
    void progressNamesFailures() {
        progress(0, 0);
        clock.advance(Duration.ofSeconds(6));
        progress(1, 1);
        assertThat(lines()).containsExactly("2 of 3 tasks done, 1 running, 0 queued, 1 failed (1 min 15 s)");
    }

    @Test
    void progressHasTheRateOfThisWatchAndWhenTheRestWillBeDone() {
        progress(1_000, 4_000, 0);
        clock.advance(Duration.ofSeconds(6));
        progress(1_000, 4_000, 10);
        clock.advance(Duration.ofSeconds(6));
        progress(1_040, 4_000, 20);
        assertThat(lines())
                .containsExactly(
                        "1,000 of 4,000 tasks done, 1 running, 2,999 queued (10 s)",
                        "1,040 of 4,000 tasks done, 1 running, 2,959 queued, 2.0/s, about 24 min 40 s left (20 s)");
    }

    private void progress(int done, int all, int seconds) {
        reporter.on(new RunEvent.Progress(
                new TaskCounts(all - done - 1, 1, done, 0), Duration.ofSeconds(seconds), Duration.ofMinutes(20)));
    }

    @Test
    void aQuietRunSaysWhatGoesWrongAlone() {
        ErrorStream stream =
                new ErrorStream(new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.NONE, clock);
        RunReporter quiet =
                new RunReporter(stream, "app/app cleanup --run r", "app/app resume r", Path.of("out"), false);
        stream.beQuiet();

        quiet.on(new RunEvent.JobCreated(JobSpec.of(new JobId("job-1"), new PoolId("pool-1"))));
        quiet.on(new RunEvent.TaskFailed("topNtask1", new TaskStatus.Failed(3), "what it wrote"));
        quiet.on(new RunEvent.CleanedUp(Resource.JOB, "job-1"));
        quiet.on(new RunEvent.NotCleanedUp(new Remaining(Resource.POOL, "p", Reason.CLEANUP_FAILED), "down"));

        assertThat(lines())
                .containsExactly(
                        "Task topNtask1 failed with exit code 3.",
                        "Could not delete pool [p]; to delete it: app/app cleanup --run r (down)");
    }

    @Test
    void aWatchThatTheTimeLimitEndsIsNotSaidToBeDone() {
        progress(1, 0);
        reporter.on(new RunEvent.TimeLimitReached(Duration.ofMinutes(20)));
        reporter.on(new RunEvent.StepDone(Step.WATCH, Duration.ofMinutes(20)));
        reporter.on(new RunEvent.StepDone(Step.DOWNLOAD, Duration.ZERO));
        assertThat(lines())
                .containsExactly(
                        "The time limit of 20 min is reached: terminating the job, and downloading the results of"
                                + " finished tasks.");
    }

    @Test
    void aRunThatIsLeftAsItIsSaysHowToGoOn() {
        reporter.on(new RunEvent.Left());
        assertThat(lines())
                .containsExactly("Everything of this run is kept. To resume it: app/app resume r; to delete it:"
                        + " app/app cleanup --run r");
    }

    @Test
    void manyFailuresDoNotScrollEverythingAway() {
        for (int i = 0; i < 20; i++) {
            reporter.on(new RunEvent.TaskFailed("topNtask" + i, new TaskStatus.Failed(3), "what it wrote"));
        }
        assertThat(lines()).hasSize(11).contains("Task topNtask9 failed with exit code 3.");
        assertThat(lines().get(10)).startsWith("More tasks fail");
    }

    @Test
    void aWaitSaysWhatItWaitsForAndAWarningShowsALog() {
        reporter.on(new RunEvent.Waiting(3, Duration.ofMinutes(4), "2 of 2 nodes are there, 2 starting"));
        reporter.on(new RunEvent.Warning("node a: its start task failed; it wrote:\nE: no \u001b[31mnetwork\nbye"));
        assertThat(lines())
                .containsExactly(
                        "3 tasks waiting for 4 min, none running: 2 of 2 nodes are there, 2 starting.",
                        "Warning: node a: its start task failed; it wrote:",
                        "    | E: no \\u001b[31mnetwork",
                        "    | bye");
    }

    private void progress(int succeeded, int failed) {
        reporter.on(new RunEvent.Progress(
                new TaskCounts(0, 3 - succeeded - failed, succeeded, failed),
                Duration.ofSeconds(75),
                Duration.ofMinutes(20)));
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
