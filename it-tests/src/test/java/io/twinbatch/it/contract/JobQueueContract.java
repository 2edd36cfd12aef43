package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.Refusals.assertNotFound;
import static io.twinbatch.it.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskDetails;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Every sentence of {@link JobQueue}, pinned: jobs and their ends here, what runs when in {@link OrderContract}, how
 * tasks run in {@link TaskRunContract}, and their files in {@link TaskFileContract} and {@link TransferContract}.
 */
public abstract class JobQueueContract extends BatchSuite {
    @Nested
    class Order extends OrderContract {
        Order() {
            super(JobQueueContract.this::bench);
        }
    }

    @Nested
    class TaskRuns extends TaskRunContract {
        TaskRuns() {
            super(JobQueueContract.this::bench);
        }
    }

    @Nested
    class TaskFiles extends TaskFileContract {
        TaskFiles() {
            super(JobQueueContract.this::bench);
        }
    }

    @Nested
    class Transfers extends TransferContract {
        Transfers() {
            super(JobQueueContract.this::bench);
        }
    }

    private JobQueue jobs() {
        return bench().jobs();
    }

    private PoolId pool() {
        return bench().sharedPool(2, 2);
    }

    /** A pool that does not exist: its tasks stay queued. */
    private PoolId noPool() {
        return bench().newPool();
    }

    private static TaskSpec quick(String id) {
        return TaskSpec.builder(id, "/bin/true").build();
    }

    private static JobId upperCase(JobId id) {
        return new JobId(id.value().toUpperCase(Locale.ROOT));
    }

    private Job awaitState(JobId id, JobState state) throws InterruptedException {
        bench().await(
                        state + " of job " + id,
                        () -> jobs().find(id).orElseThrow().state() == state);
        return jobs().find(id).orElseThrow();
    }

    @Test
    void aTaskSaysWhatWasAskedForWithoutTheSignaturesOfUrls() {
        JobId id = bench().newJob();
        jobs().create(JobSpec.of(id, noPool()).withTaskDependencies());
        SignedUrl from = signed("https://store.example.org/in/a%20b.txt");
        SignedUrl to = signed("https://store.example.org/out");
        TaskSpec spec = TaskSpec.builder("asked", "/bin/echo 'a b' \"c\"")
                .environment(Map.of("A", "b", "LOUD", "x y"))
                .resourceFiles(List.of(new ResourceFile(from, "in/a b.txt")))
                .outputFiles(List.of(new OutputFile("*.gz", to, "results", OutputFile.Condition.SUCCESS)))
                .maxRetries(3)
                .maxWallClockTime(Duration.ofMinutes(5))
                .requiredSlots(2)
                .dependsOn(Set.of("first", "second"))
                .build();
        jobs().submit(id, List.of(spec));

        TaskDetails details = jobs().details(new TaskKey(id, "asked")).orElseThrow();

        assertThat(details).isEqualTo(TaskDetails.of(spec));
        assertThat(details.resourceFiles())
                .containsExactly(new TaskDetails.Source("https://store.example.org/in/a%20b.txt", "in/a b.txt"));
        assertThat(details.outputFiles())
                .containsExactly(new TaskDetails.Target("*.gz", "https://store.example.org/out", "results"));
        assertThat(jobs().details(new TaskKey(id, "other"))).isEmpty();
        assertThat(jobs().details(new TaskKey(bench().newJob(), "asked"))).isEmpty();
    }

    private static SignedUrl signed(String url) {
        return new SignedUrl(URI.create(url + "?sp=r&sig=c2VjcmV0"), Map.of(), Instant.MAX);
    }

    @Test
    void aJobThatIsCreatedIsActiveAndKeepsItsSpecification() {
        JobSpec spec = JobSpec.of(bench().newJob(), pool())
                .withPriority(-5)
                .withMaxWallClockTime(Duration.ofHours(3))
                .withMaxTaskRetries(2)
                .withTaskDependencies()
                .withEnvironment(Map.of("A", "b"))
                .withMetadata(Map.of("run", "17"));
        Instant before = Instant.now().minusSeconds(60);
        jobs().create(spec);
        Job job = jobs().find(spec.id()).orElseThrow();
        assertThat(job.spec()).isEqualTo(spec);
        assertThat(job.state()).isEqualTo(JobState.ACTIVE);
        assertThat(job.created()).isAfter(before);
        assertThat(job.ended()).isEmpty();
        assertThat(job.endReason()).isEmpty();
        assertThat(jobs().counts(spec.id())).isEqualTo(new TaskCounts(0, 0, 0, 0));
    }

    @Test
    void otherMetadataTakesThePlaceOfWhatAJobHas() {
        JobSpec spec =
                JobSpec.of(bench().newJob(), noPool()).withPriority(3).withMetadata(Map.of("run", "17", "lease", "18"));
        jobs().create(spec);

        jobs().updateMetadata(spec.id(), Map.of("run", "19"));
        assertThat(jobs().find(spec.id()).orElseThrow().spec()).isEqualTo(spec.withMetadata(Map.of("run", "19")));

        jobs().updateMetadata(spec.id(), Map.of());
        assertThat(jobs().find(spec.id()).orElseThrow().spec().metadata()).isEmpty();
    }

    @Test
    void aSecondJobOfThatIdIsRefused() throws Exception {
        JobId id = bench().job(pool());
        assertRefused(ErrorCode.ALREADY_EXISTS, () -> jobs().create(JobSpec.of(id, pool())));
        assertRefused(ErrorCode.ALREADY_EXISTS, () -> jobs().create(JobSpec.of(upperCase(id), noPool())));
        jobs().terminate(id);
        awaitState(id, JobState.COMPLETED);
        assertRefused(ErrorCode.ALREADY_EXISTS, () -> jobs().create(JobSpec.of(id, pool())));
    }

    @Test
    void aJobThatDoesNotExistIsToldSo() {
        JobId unknown = bench().newJob();
        TaskKey key = new TaskKey(unknown, "t");
        assertThat(jobs().find(unknown)).isEmpty();
        assertThat(jobs().delete(unknown)).isFalse();
        assertNotFound(() -> jobs().updateMetadata(unknown, Map.of()));
        assertNotFound(() -> jobs().submit(unknown, List.of(quick("t"))));
        assertNotFound(() -> jobs().counts(unknown));
        assertNotFound(() -> jobs().tasks(unknown, TaskFilter.ALL).toList());
        assertNotFound(() -> jobs().terminate(unknown));
        assertNoTask(key);
    }

    @Test
    void aTaskThatDoesNotExistIsToldSo() {
        assertNoTask(new TaskKey(bench().job(pool()), "no-such-task"));
    }

    private void assertNoTask(TaskKey key) {
        assertThat(jobs().task(key)).isEmpty();
        assertThat(jobs().deleteTask(key)).isFalse();
        assertNotFound(() -> jobs().terminateTask(key));
        assertNotFound(() -> jobs().reactivateTask(key));
        assertNotFound(() -> jobs().files(key));
        assertNotFound(() -> jobs().readFile(key, "stdout.txt", 0));
    }

    @Test
    void allJobsAreListed() {
        List<JobId> ids =
                IntStream.range(0, 5).mapToObj(i -> bench().job(noPool())).toList();
        try (Stream<Job> listed = jobs().list()) {
            assertThat(listed.map(Job::id)).containsAll(ids);
        }
    }

    @Test
    void idsAreToldApartWithoutTheirCase() throws Exception {
        JobId id = bench().job(pool());
        TaskKey key = bench().submit(
                        upperCase(id),
                        TaskSpec.builder("Task", "/bin/echo once").build());
        jobs().submit(id, List.of(quick("tASK")));
        TaskKey lower = new TaskKey(id, "task");
        assertThat(bench().succeeded(lower).key()).isEqualTo(new TaskKey(id, "Task"));
        assertThat(bench().stdout(key)).isEqualTo("once\n");
        assertThat(jobs().counts(upperCase(id)).succeeded()).isEqualTo(1);
        assertThat(jobs().deleteTask(lower)).isTrue();
        assertThat(jobs().delete(upperCase(id))).isTrue();
    }

    @Test
    void submittingTasksAgainChangesNothing() throws Exception {
        JobId id = bench().job(pool());
        TaskSpec first = Workbench.shell("t", "echo ran >> $AZ_BATCH_NODE_SHARED_DIR/$AZ_BATCH_JOB_ID; echo first")
                .build();
        TaskKey key = bench().submit(id, first);
        jobs().submit(id, List.of(first, quick("other")));
        bench().succeeded(key);
        jobs().submit(id, List.of(Workbench.shell("t", "echo second").build()));
        bench().succeeded(new TaskKey(id, "other"));
        assertThat(bench().stdout(key)).isEqualTo("first\n");
        assertThat(jobs().counts(id)).isEqualTo(new TaskCounts(0, 0, 2, 0));
    }

    @Test
    void anyNumberOfTasksIsTaken() {
        JobId id = bench().job(noPool());
        int count = 2500;
        List<TaskSpec> tasks =
                IntStream.range(0, count).mapToObj(i -> quick("t" + i)).toList();
        jobs().submit(id, tasks);
        assertThat(jobs().counts(id)).isEqualTo(new TaskCounts(count, 0, 0, 0));
        try (Stream<Task> listed = jobs().tasks(id, TaskFilter.ALL)) {
            assertThat(listed.map(task -> task.key().task()))
                    .containsExactlyInAnyOrderElementsOf(
                            tasks.stream().map(TaskSpec::id).toList());
        }
    }

    @Test
    void tasksThatCannotBeTakenAreNamedAndTheOthersAreTaken() throws Exception {
        JobId id = bench().job(pool());
        TaskSpec dependent = TaskSpec.builder("dependent", "/bin/true")
                .dependsOn(Set.of("a-good"))
                .build();
        TaskSpec large =
                TaskSpec.builder("too-large", "/bin/true").requiredSlots(3).build();
        BatchException refusal = assertRefused(
                ErrorCode.INVALID,
                () -> jobs().submit(id, List.of(quick("a-good"), dependent, large, quick("b-good"))));
        assertThat(refusal)
                .hasMessageContaining("dependent")
                .hasMessageContaining("too-large")
                .message()
                .doesNotContain("b-good");
        bench().succeeded(new TaskKey(id, "a-good"));
        bench().succeeded(new TaskKey(id, "b-good"));
        assertThat(jobs().task(new TaskKey(id, "dependent"))).isEmpty();
        assertThat(jobs().counts(id).completed()).isEqualTo(2);
    }

    @Test
    void tasksAreCountedAndListedByWhereTheyAre() throws Exception {
        JobId id = bench().create(
                        JobSpec.of(bench().newJob(), bench().sharedPool(2, 2)).withTaskDependencies());
        bench().submit(id, quick("good"));
        bench().submit(id, TaskSpec.builder("bad", "/bin/false").build());
        bench().submit(id, "runs", "sleep 600");
        jobs().submit(
                        id,
                        List.of(TaskSpec.builder("waits", "/bin/true")
                                .dependsOn(Set.of("runs"))
                                .build()));
        bench().succeeded(new TaskKey(id, "good"));
        bench().ended(new TaskKey(id, "bad"));
        bench().running(new TaskKey(id, "runs"));
        assertThat(jobs().counts(id)).isEqualTo(new TaskCounts(1, 1, 1, 1));
        assertThat(listed(id, TaskFilter.ALL)).containsExactlyInAnyOrder("good", "bad", "runs", "waits");
        assertThat(listed(id, TaskFilter.UNFINISHED)).containsExactlyInAnyOrder("runs", "waits");
        assertThat(listed(id, TaskFilter.SUCCEEDED)).containsExactly("good");
        assertThat(listed(id, TaskFilter.FAILED)).containsExactly("bad");
    }

    private List<String> listed(JobId id, TaskFilter filter) {
        try (Stream<Task> tasks = jobs().tasks(id, filter)) {
            return tasks.map(task -> task.key().task()).toList();
        }
    }

    @Test
    void aTerminatedJobStopsWhatRunsAndStartsNothingMore() throws Exception {
        PoolId pool = bench().pool(1);
        JobId id = bench().job(pool);
        TaskKey good = bench().submit(id, quick("good"));
        bench().succeeded(good);
        TaskKey runs = bench().submit(id, "runs", "echo begun; sleep 600");
        TaskKey queued = bench().submit(id, quick("queued"));
        bench().awaitContent(runs, "stdout.txt");

        jobs().terminate(id);
        Job job = awaitState(id, JobState.COMPLETED);
        assertThat(job.ended().orElseThrow()).isAfterOrEqualTo(job.created());
        assertThat(job.endReason().orElseThrow()).isNotEmpty();
        assertThat(bench().task(runs).status()).isInstanceOf(TaskStatus.Stopped.class);
        assertThat(bench().task(queued).status()).isInstanceOf(TaskStatus.Queued.class);
        assertThat(bench().task(good).status()).isInstanceOf(TaskStatus.Succeeded.class);
        assertThat(bench().stdout(runs)).isEqualTo("begun\n");

        jobs().terminate(id);
        assertRefused(ErrorCode.CONFLICT, () -> jobs().submit(id, List.of(quick("late"))));
        assertRefused(ErrorCode.CONFLICT, () -> jobs().reactivateTask(runs));
        bench().succeeded(bench().submit(bench().job(pool), quick("next")));
        assertThat(bench().task(queued).started()).isEmpty();
    }

    @Test
    void aJobEndsWhenItsTimeIsUp() throws Exception {
        JobId id = bench().create(JobSpec.of(bench().newJob(), pool()).withMaxWallClockTime(Duration.ofSeconds(1)));
        TaskKey runs = bench().submit(id, "runs", "sleep 600");
        Job job = awaitState(id, JobState.COMPLETED);
        assertThat(job.ended().orElseThrow()).isAfterOrEqualTo(job.created().plusSeconds(1));
        assertThat(job.endReason().orElseThrow()).isNotEmpty();
        assertThat(bench().task(runs).status()).isInstanceOf(TaskStatus.Stopped.class);
    }

    @Test
    void aDeletedJobIsGoneWithItsTasksAndItsIdIsFreeAtOnce() throws Exception {
        JobId id = bench().job(pool());
        TaskKey ended = bench().submit(id, quick("ended"));
        bench().succeeded(ended);
        TaskKey runs = bench().submit(id, "runs", "echo begun; sleep 600");
        bench().awaitContent(runs, "stdout.txt");

        assertThat(jobs().delete(id)).isTrue();
        assertThat(jobs().delete(id)).isFalse();
        ErrorCode again = catchThrowableOfType(BatchException.class, () -> jobs().terminate(id))
                .code();
        assertThat(again).isIn(ErrorCode.CONFLICT, ErrorCode.NOT_FOUND);
        bench().await("the job's end", () -> jobs().find(id).isEmpty());
        assertNoTask(ended);
        assertNotFound(() -> jobs().counts(id));

        jobs().create(JobSpec.of(id, pool()));
        assertThat(jobs().counts(id)).isEqualTo(new TaskCounts(0, 0, 0, 0));
        TaskKey anew = bench().submit(id, "runs", "ls -A; echo anew");
        bench().succeeded(anew);
        assertThat(bench().stdout(anew)).isEqualTo("anew\n");
        assertThat(jobs().counts(id).succeeded()).isEqualTo(1);
    }

    @Test
    void aJobThatIsBeingDeletedIsFoundUntilItIsGone() throws Exception {
        JobId id = bench().job(pool());
        TaskKey runs = bench().submit(id, "runs", "echo begun; sleep 600");
        bench().awaitContent(runs, "stdout.txt");
        jobs().delete(id);
        bench().await("the job's end", () -> {
            var found = jobs().find(id);
            found.ifPresent(job -> assertThat(job.state()).isEqualTo(JobState.DELETING));
            return found.isEmpty();
        });
    }
}
