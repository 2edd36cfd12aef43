package io.twinbatch.local.engine;

import static io.twinbatch.local.engine.LocalRig.JOB;
import static io.twinbatch.local.engine.LocalRig.POOL;
import static io.twinbatch.local.engine.LocalRig.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks and jobs that nobody should write, each of which still has to come to an honest end. */
class HardTasksTest {
    private static final Duration EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @TempDir
    private Path folder;

    private static SignedUrl url(String text) {
        return new SignedUrl(URI.create(text), Map.of(), Instant.MAX);
    }

    private Task end(TaskSpec task) throws InterruptedException {
        try (LocalRig rig = new LocalRig(folder.resolve("state")).withJob(1, 1)) {
            return rig.ended(rig.submit(task));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=B", "A\0"})
    void aVariableThatNoSystemTakesIsReported(String name) throws Exception {
        Task end = end(TaskSpec.builder("t", "/bin/true")
                .environment(Map.of(name, "value"))
                .build());
        assertThat(end.status()).isInstanceOf(TaskStatus.CouldNotStart.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "sh -c \"unclosed", "/bin", "/etc/passwd", "no-such-program"})
    void aCommandLineThatNothingCanRunIsReported(String commandLine) throws Exception {
        Task end = end(TaskSpec.builder("t", commandLine).maxRetries(3).build());
        assertThat(end.status()).isInstanceOf(TaskStatus.CouldNotStart.class);
        assertThat(end.retries()).isZero();
        assertThat(end.exitCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/file?sig=secret", "http:///file?sig=secret", "mailto:nobody?sig=secret"})
    void aUrlThatCannotBeFetchedIsReportedWithoutItsSecret(String source) throws Exception {
        Task end = end(TaskSpec.builder("t", "/bin/true")
                .resourceFiles(List.of(new ResourceFile(url(source), "file")))
                .build());
        assertThat(end.status()).isInstanceOf(TaskStatus.CouldNotStart.class);
        assertThat(end.status().describe()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[z-a]", "*/[b-a]", "../[9-0].txt"})
    void aPatternThatCannotBeIsReportedAsAFailedUpload(String pattern) throws Exception {
        Task end = end(TaskSpec.builder("t", "/bin/true")
                .outputFiles(List.of(new OutputFile(
                        pattern, url("http://127.0.0.1:1/c?sig=secret"), "", OutputFile.Condition.COMPLETION)))
                .build());
        assertThat(end.status()).isInstanceOf(TaskStatus.UploadFailed.class);
        assertThat(end.exitCode()).hasValue(0);
        assertThat(end.status().describe()).doesNotContain("secret");
    }

    @Test
    void limitsLongerThanTheClockCanCountAreNoLimits() throws Exception {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs().create(JobSpec.of(JOB, POOL).withMaxWallClockTime(EVER));
            Task end = rig.ended(rig.submit(TaskSpec.builder("t", "/bin/true")
                    .maxWallClockTime(EVER)
                    .retentionTime(EVER)
                    .build()));
            assertThat(end.status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(rig.jobs().find(JOB).orElseThrow().state()).isEqualTo(JobState.ACTIVE);
        }
        try (LocalRig again = new LocalRig(folder.resolve("state"))) {
            assertThat(again.task(key("t")).status()).isEqualTo(new TaskStatus.Succeeded());
        }
    }

    private static JobNodeTask nodeTask(String commandLine) {
        return new JobNodeTask(commandLine, List.of(), Map.of(), false);
    }

    @Test
    void aJobWhosePreparationNeverEndsCanBeTerminated() throws Exception {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs()
                    .create(JobSpec.of(JOB, POOL)
                            .withNodeTasks(nodeTask(CommandLine.of(List.of("sleep", "600"))), Optional.empty()));
            TaskKey key = rig.submit(TaskSpec.builder("t", "/bin/true").build());
            rig.await(key, task -> task.status() instanceof TaskStatus.Preparing);
            rig.jobs().terminate(JOB);
            LocalRig.await(
                    "the job's end", () -> rig.jobs().find(JOB).orElseThrow().state() == JobState.COMPLETED);
            assertThat(rig.task(key).status()).isInstanceOf(TaskStatus.Stopped.class);
        }
    }

    @Test
    void aTaskThatWaitsForItsNodesPreparationCanBeTerminated() throws Exception {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs()
                    .create(JobSpec.of(JOB, POOL)
                            .withNodeTasks(nodeTask(CommandLine.of(List.of("sleep", "600"))), Optional.empty()));
            TaskKey key = rig.submit(TaskSpec.builder("t", "/bin/true").build());
            rig.await(key, task -> task.status() instanceof TaskStatus.Preparing);
            rig.jobs().terminateTask(key);
            assertThat(rig.ended(key).status()).isInstanceOf(TaskStatus.Stopped.class);
        }
    }

    @Test
    void aPoolCanBeDeletedWhileAReleaseTaskRunsOnItsNode() throws Exception {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs()
                    .create(JobSpec.of(JOB, POOL)
                            .withNodeTasks(
                                    nodeTask("/bin/true"),
                                    Optional.of(nodeTask(CommandLine.of(List.of("sleep", "600"))))));
            rig.ended(rig.submit(TaskSpec.builder("t", "/bin/true").build()));
            rig.jobs().terminate(JOB);
            rig.pools().delete(POOL);
            LocalRig.await("the pool's end", () -> rig.pools().find(POOL).isEmpty());
            LocalRig.await(
                    "the job's end", () -> rig.jobs().find(JOB).orElseThrow().state() == JobState.COMPLETED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobpreparation", "JobRelease"})
    void aTaskMayNotTakeTheFolderOfItsJobsNodeTasks(String id) {
        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs()
                    .create(JobSpec.of(JOB, POOL)
                            .withNodeTasks(nodeTask("/bin/true"), Optional.of(nodeTask("/bin/true"))));
            TaskSpec task = TaskSpec.builder(id, "/bin/true").build();
            assertThatThrownBy(() -> rig.submit(task))
                    .isInstanceOf(BatchException.class)
                    .hasMessageContaining(id);
        }
    }
}
