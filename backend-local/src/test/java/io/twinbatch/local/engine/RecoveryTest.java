package io.twinbatch.local.engine;

import static io.twinbatch.local.engine.LocalRig.JOB;
import static io.twinbatch.local.engine.LocalRig.POOL;
import static io.twinbatch.local.engine.LocalRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.local.record.TaskHistory;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.store.ChangeSet;
import io.twinbatch.local.store.EngineStore;
import io.twinbatch.local.store.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryTest {
    @TempDir
    private Path folder;

    private LocalRig open() {
        return new LocalRig(folder.resolve("state"));
    }

    private static TaskSpec shell(String id, String script) {
        return TaskSpec.builder(id, CommandLine.shell(script)).build();
    }

    /** A task that runs for ever at its first try, and ends well at any other. */
    private TaskSpec foreverOnce(String id) {
        Path seen = folder.resolve("seen-" + id);
        return shell(id, "[ -e " + seen + " ] && exit 0; touch " + seen + "; sleep 600");
    }

    @Test
    void tasksThatRanOrWaitedWhenTheEngineWasClosedRunWhenItIsOpenedAgain() throws Exception {
        TaskKey done = key("done");
        TaskKey running = key("running");
        TaskKey queued = key("queued");
        try (LocalRig rig = open().withJob(1, 1)) {
            rig.submit(shell("done", "echo kept"));
            rig.ended(done);
            rig.submit(foreverOnce("running"));
            rig.submit(shell("queued", "true"));
            LocalRig.await("the first try", () -> Files.exists(folder.resolve("seen-running")));
        }
        assertThat(Processes.withEnvironment(folder.toString())).isEmpty();
        try (LocalRig rig = open()) {
            Task again = rig.ended(running);
            assertThat(again.status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(again.requeues()).isEqualTo(1);
            assertThat(again.retries()).isZero();
            Task first = rig.ended(queued);
            assertThat(first.status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(first.requeues()).isZero();
            assertThat(rig.task(done).requeues()).isZero();
            assertThat(rig.stdout(done)).isEqualTo("kept\n");
            assertThat(rig.jobs().counts(JOB).succeeded()).isEqualTo(3);
        }
    }

    @Test
    void dependenciesAndRetriesGoOnWhereTheyWere() throws Exception {
        try (LocalRig rig = open()) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs().create(JobSpec.of(JOB, POOL).withTaskDependencies());
            rig.submit(shell("a", "true"));
            rig.ended(key("a"));
            rig.submit(foreverOnce("b"));
            rig.submit(TaskSpec.builder("c", "/bin/true")
                    .dependsOn(Set.of("a", "b"))
                    .build());
            rig.submit(TaskSpec.builder("d", "/bin/true").dependsOn(Set.of("c")).build());
            LocalRig.await("the first try", () -> Files.exists(folder.resolve("seen-b")));
        }
        try (LocalRig rig = open()) {
            Task last = rig.ended(key("d"));
            assertThat(last.status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(rig.task(key("c")).started().orElseThrow())
                    .isAfterOrEqualTo(rig.task(key("b")).ended().orElseThrow());
        }
    }

    @Test
    void aJobThatWasBeingTerminatedComesToItsEnd() throws Exception {
        try (LocalRig rig = open().withJob(1, 1)) {
            rig.submit(shell("t", "sleep 600"));
            rig.await(key("t"), task -> task.status() instanceof TaskStatus.Running);
            rig.jobs().terminate(JOB);
        }
        try (LocalRig rig = open()) {
            LocalRig.await(
                    "the job's end", () -> rig.jobs().find(JOB).orElseThrow().state() == JobState.COMPLETED);
            assertThat(rig.task(key("t")).status()).isInstanceOf(TaskStatus.Stopped.class);
        }
    }

    @Test
    void whatWasBeingDeletedIsGoneAndItsNamesAreFree() throws Exception {
        try (LocalRig rig = open().withJob(1, 1)) {
            rig.submit(shell("t", "sleep 600"));
            rig.await(key("t"), task -> task.status() instanceof TaskStatus.Running);
            rig.jobs().delete(JOB);
            rig.pools().delete(POOL);
        }
        try (LocalRig rig = open()) {
            LocalRig.await("the job's end", () -> rig.jobs().find(JOB).isEmpty());
            LocalRig.await("the pool's end", () -> rig.pools().find(POOL).isEmpty());
            rig.withJob(1, 1);
            TaskKey again = rig.submit(shell("t", "echo new"));
            assertThat(rig.ended(again).status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(rig.stdout(again)).isEqualTo("new\n");
        }
    }

    @Test
    void aJobsTimeGoesOnWhileNoEngineRuns() throws Exception {
        try (LocalRig rig = open()) {
            rig.jobs().create(JobSpec.of(JOB, POOL).withMaxWallClockTime(Duration.ofMillis(1)));
        }
        try (LocalRig rig = open()) {
            LocalRig.await(
                    "the job's end", () -> rig.jobs().find(JOB).orElseThrow().state() == JobState.COMPLETED);
        }
    }

    private static boolean isIn(LocalRig rig, NodeState state) {
        List<Node> nodes = rig.pools().nodes(POOL);
        return nodes.size() == 1 && nodes.get(0).state() == state;
    }

    @Test
    void aNodeThatWasReadyIsReadyAndOneThatWasNotTriesAgain() throws Exception {
        Path runs = folder.resolve("runs");
        Path allowed = folder.resolve("allowed");
        String script = "echo run >> " + runs + "; [ -e " + allowed + " ]";
        StartTask startTask = new StartTask(CommandLine.shell(script), List.of(), Map.of(), false, 0);
        try (LocalRig rig = open()) {
            rig.pools().create(PoolSpec.of(POOL, 1).withStartTask(startTask));
            LocalRig.await("the failed start", () -> isIn(rig, NodeState.START_TASK_FAILED));
        }
        Files.createFile(allowed);
        try (LocalRig rig = open()) {
            LocalRig.await("the node", () -> isIn(rig, NodeState.IDLE));
            assertThat(Files.readAllLines(runs)).hasSize(2);
        }
        try (LocalRig rig = open()) {
            assertThat(isIn(rig, NodeState.IDLE)).isTrue();
            assertThat(Files.readAllLines(runs)).hasSize(2);
        }
    }

    private void orderEnd(TaskHistory.OrderedEnd end) {
        try (StateFolder taken = StateFolder.take(folder.resolve("state"));
                EngineStore store = EngineStore.open(taken)) {
            TaskRecord task = store.read().tasks().get(0);
            ChangeSet changes = ChangeSet.empty();
            changes.tasks().put("job/t", Optional.of(task.ordered(end, Instant.now())));
            store.save(List.of(changes));
        }
    }

    @ParameterizedTest
    @EnumSource(TaskHistory.OrderedEnd.class)
    void aTaskWhoseEndWasOrderedIsNotRunAgain(TaskHistory.OrderedEnd end) throws Exception {
        try (LocalRig rig = open().withJob(1, 1)) {
            rig.submit(shell("t", "sleep 600"));
            rig.await(key("t"), task -> task.status() instanceof TaskStatus.Running);
        }
        orderEnd(end);
        try (LocalRig rig = open()) {
            if (end == TaskHistory.OrderedEnd.DELETION) {
                assertThat(rig.jobs().task(key("t"))).isEmpty();
            } else {
                assertThat(rig.task(key("t")).status()).isInstanceOf(TaskStatus.Stopped.class);
            }
        }
    }

    @Test
    void howAPreparationWentIsKnownAfterARestart() throws Exception {
        JobNodeTask preparation = new JobNodeTask("/bin/false", List.of(), Map.of(), false);
        try (LocalRig rig = open()) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs().create(JobSpec.of(JOB, POOL).withNodeTasks(preparation, Optional.empty()));
            rig.submit(shell("t", "true"));
            LocalRig.await(
                    "the failure", () -> rig.jobs().preparations(JOB).stream().anyMatch(NodePreparation::hasFailed));
        }
        try (LocalRig rig = open()) {
            LocalRig.await(
                    "the failure", () -> rig.jobs().preparations(JOB).stream().anyMatch(NodePreparation::hasFailed));
            assertThat(rig.jobs().preparations(JOB)).hasSize(1);
        }
    }
}
