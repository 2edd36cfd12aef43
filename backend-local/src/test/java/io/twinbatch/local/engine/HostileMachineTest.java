package io.twinbatch.local.engine;

import static io.twinbatch.local.engine.LocalRig.JOB;
import static io.twinbatch.local.engine.LocalRig.POOL;
import static io.twinbatch.local.engine.LocalRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.local.disk.FolderTree;
import io.twinbatch.local.engine.model.PoolSize;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.node.WorkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine does to nodes and tasks what nobody has asked for. */
class HostileMachineTest {
    @TempDir
    private Path temp;

    private Path state;
    private Path begun;

    @BeforeEach
    void resolve() throws IOException {
        temp = temp.toRealPath();
        state = temp.resolve("state");
        begun = temp.resolve("begun");
    }

    private TaskSpec.Builder waiting(String id) {
        return TaskSpec.builder(id, CommandLine.shell("echo $$ >>" + begun + "; sleep 600"));
    }

    /** The numbers of the processes of tasks that have begun. */
    private List<String> awaitBegin(int tasks) throws Exception {
        LocalRig.await("the beginning of " + tasks + " tasks", () -> begun().size() == tasks);
        return begun();
    }

    private List<String> begun() {
        try {
            return Files.exists(begun) ? Files.readAllLines(begun) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void kill(String process) {
        assertThat(ProcessHandle.of(Long.parseLong(process)).orElseThrow().destroyForcibly())
                .isTrue();
    }

    @Test
    void aTaskWhoseProcessIsKilledFailsWithTheSignalsExitCode() throws Exception {
        try (LocalRig rig = new LocalRig(state).withJob(1, 1)) {
            TaskKey key = rig.submit(waiting("t").build());
            kill(awaitBegin(1).get(0));

            Task ended = rig.ended(key);

            assertThat(ended.status()).isEqualTo(new TaskStatus.Failed(128 + 9));
            assertThat(ended.exitCode()).hasValue(128 + 9);
            assertThat(rig.ended(rig.submit(
                                    TaskSpec.builder("next", "/bin/true").build()))
                            .status())
                    .isEqualTo(new TaskStatus.Succeeded());
        }
    }

    @Test
    void aTaskWhoseProcessIsKilledIsTriedAgainAsOftenAsItMay() throws Exception {
        try (LocalRig rig = new LocalRig(state).withJob(1, 1)) {
            TaskKey key = rig.submit(waiting("t").maxRetries(2).build());
            for (int kills = 1; kills <= 3; kills++) {
                kill(awaitBegin(kills).get(kills - 1));
            }

            Task ended = rig.ended(key);

            assertThat(ended.status()).isEqualTo(new TaskStatus.Failed(128 + 9));
            assertThat(ended.retries()).isEqualTo(2);
            assertThat(begun()).hasSize(3);
        }
    }

    private Path node() {
        return state.resolve("nodes/pool/tvm-1-d");
    }

    @Test
    void aNodeWhoseFolderIsDeletedIsMadeReadyAgainAndItsTasksRunAgain() throws Exception {
        JobNodeTask preparation = new JobNodeTask(
                CommandLine.shell("echo x >>" + temp + "/prepared; echo y >tool"), List.of(), Map.of(), false);
        Path release = temp.resolve("release");
        String script = "echo $$ >>" + begun + "; while ! [ -e " + release + " ]; do sleep 0.05; done;"
                + " cat $AZ_BATCH_JOB_PREP_WORKING_DIR/tool";
        try (LocalRig rig = new LocalRig(state)) {
            rig.pools().create(PoolSpec.of(POOL, 1).withSlotsPerNode(2));
            rig.jobs().create(JobSpec.of(JOB, POOL).withNodeTasks(preparation, Optional.empty()));
            TaskKey first = rig.submit(
                    TaskSpec.builder("first", CommandLine.shell(script)).build());
            TaskKey second = rig.submit(
                    TaskSpec.builder("second", CommandLine.shell(script)).build());
            awaitBegin(2);

            FolderTree.delete(node());

            awaitBegin(4);
            Files.createFile(release);
            for (TaskKey key : List.of(first, second)) {
                Task ended = rig.ended(key);
                assertThat(ended.status()).isEqualTo(new TaskStatus.Succeeded());
                assertThat(ended.requeues()).isEqualTo(1);
                assertThat(rig.stdout(key)).isEqualTo("y\n");
            }
            assertThat(Files.readAllLines(temp.resolve("prepared"))).hasSize(2);
        }
    }

    @Test
    void whatWasPreparedIsBroughtAgainWhenItIsGone() throws Exception {
        JobNodeTask preparation = new JobNodeTask(CommandLine.shell("echo y >tool"), List.of(), Map.of(), false);
        TaskSpec.Builder reading = TaskSpec.builder("t", CommandLine.shell("cat $AZ_BATCH_JOB_PREP_WORKING_DIR/tool"));
        try (LocalRig rig = new LocalRig(state)) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs().create(JobSpec.of(JOB, POOL).withNodeTasks(preparation, Optional.empty()));
            assertThat(rig.ended(rig.submit(reading.build())).status()).isEqualTo(new TaskStatus.Succeeded());

            FolderTree.delete(node().resolve("workitems"));

            TaskSpec again =
                    TaskSpec.builder("again", reading.build().commandLine()).build();
            assertThat(rig.ended(rig.submit(again)).status()).isEqualTo(new TaskStatus.Succeeded());
        }
    }

    @Test
    void aTaskThatDeletesItsNodesFolderEachTimeEndsWithThatReason() throws Exception {
        try (LocalRig rig = new LocalRig(state).withJob(1, 1)) {
            TaskKey key = rig.submit(TaskSpec.builder("t", CommandLine.shell("rm -rf $AZ_BATCH_NODE_ROOT_DIR; exit 1"))
                    .build());

            Task ended = rig.ended(key);

            assertThat(ended.status()).isInstanceOf(TaskStatus.Stopped.class);
            assertThat(ended.status().describe()).contains("the folder of node tvm-1-d was deleted");
            assertThat(rig.ended(rig.submit(
                                    TaskSpec.builder("next", "/bin/true").build()))
                            .status())
                    .isEqualTo(new TaskStatus.Succeeded());
        }
    }

    /** The file is as long as it says and takes no room, so that the test needs none. */
    @ParameterizedTest
    @ValueSource(strings = {"stdout.txt", "stderr.txt"})
    void aTaskThatWritesWithoutEndIsEndedAndItsOutputCut(String file) throws Exception {
        try (LocalRig rig = new LocalRig(state).withJob(1, 1)) {
            TaskKey key =
                    rig.submit(TaskSpec.builder("t", CommandLine.shell("truncate -s 3G ../" + file + "; sleep 600"))
                            .maxRetries(3)
                            .build());

            Task ended = rig.ended(key);

            assertThat(ended.status()).isInstanceOf(TaskStatus.Stopped.class);
            assertThat(ended.status().describe()).contains("more than 1024 MiB to its standard output or error");
            assertThat(node().resolve("workitems/job/job-1/t").resolve(file)).hasSize(WorkFiles.MAX_OUTPUT_BYTES);
        }
    }

    @Test
    void aClockThatJumpsEndsNothingAndHoldsNothingUp() throws Exception {
        JumpingClock clock = new JumpingClock();
        try (LocalRig rig = new LocalRig(state, System.getenv(), FaultPlan.NONE, clock)) {
            rig.pools().create(PoolSpec.of(POOL, 1).withSlotsPerNode(2));
            rig.jobs().create(JobSpec.of(JOB, POOL).withMaxWallClockTime(Duration.ofHours(1)));
            TaskKey running = rig.submit(
                    waiting("t").maxWallClockTime(Duration.ofHours(1)).build());
            awaitBegin(1);

            for (Duration jump : List.of(Duration.ofDays(400), Duration.ofDays(-400), Duration.ZERO)) {
                clock.set(jump);
                TaskKey key = rig.submit(
                        TaskSpec.builder("after" + jump.toDays(), "/bin/true").build());
                assertThat(rig.ended(key).status()).isEqualTo(new TaskStatus.Succeeded());
                assertThat(rig.task(running).status()).isEqualTo(new TaskStatus.Running());
                assertThat(rig.jobs().find(JOB).orElseThrow().state()).isEqualTo(JobState.ACTIVE);
            }
        }
    }

    @Test
    void aClockThatWasSetBackWhileNoEngineRanGivesAJobNoMoreTime() throws Exception {
        JumpingClock clock = new JumpingClock();
        clock.set(Duration.ofDays(400));
        try (LocalRig rig = new LocalRig(state, System.getenv(), FaultPlan.NONE, clock)) {
            rig.pools().create(PoolSpec.of(POOL, 1));
            rig.jobs().create(JobSpec.of(JOB, POOL).withMaxWallClockTime(Duration.ofSeconds(2)));
            rig.submit(waiting("t").build());
            awaitBegin(1);
        }
        clock.set(Duration.ZERO);
        try (LocalRig rig = new LocalRig(state, System.getenv(), FaultPlan.NONE, clock)) {
            assertThat(rig.ended(key("t")).status()).isInstanceOf(TaskStatus.Stopped.class);
            LocalRig.await(
                    "the job's end", () -> rig.jobs().find(JOB).orElseThrow().state() == JobState.COMPLETED);
        }
    }

    @Test
    void moreNodesThanAMachineHoldsAreNotMade() throws Exception {
        try (LocalRig rig = new LocalRig(state)) {
            rig.pools().create(PoolSpec.of(POOL, PoolSize.MAX_NODES + 5));

            assertThat(rig.pools().find(POOL).orElseThrow().resizeErrors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.code()).isEqualTo("AccountCoreQuotaReached"));
            assertThat(rig.pools().nodes(POOL)).hasSize(PoolSize.MAX_NODES);
        }
    }

    /** Wherever the files of tasks and their folders are, nobody else comes there. */
    @Test
    void everyFolderOfTheStateIsItsUsersAlone() throws Exception {
        try (LocalRig rig = new LocalRig(state).withJob(1, 1)) {
            rig.ended(rig.submit(TaskSpec.builder("t", "/bin/true").build()));
            assertThat(ModeBits.openToOthers(state, path -> !path.startsWith(node().resolve("workitems/job/job-1/t"))))
                    .isEmpty();
            assertThat(ModeBits.openToOthers(node(), Files::isDirectory)).isEmpty();
        }
    }
}
