package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.protocol.models.AllocationState;
import com.microsoft.azure.batch.protocol.models.BatchErrorException;
import com.microsoft.azure.batch.protocol.models.CloudPool;
import com.microsoft.azure.batch.protocol.models.ComputeNode;
import com.microsoft.azure.batch.protocol.models.ComputeNodeState;
import com.microsoft.azure.batch.protocol.models.DisableJobOption;
import com.microsoft.azure.batch.protocol.models.JobAddParameter;
import com.microsoft.azure.batch.protocol.models.JobPreparationTask;
import com.microsoft.azure.batch.protocol.models.JobState;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.PoolState;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import com.microsoft.azure.batch.protocol.models.TaskState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The states that the service's own Java client sees between two others when transitions take their time. */
@Timeout(120)
class TransitionsIT {
    /** So long that a client which looks many times a second misses no state on a slow machine. */
    private static final String TIME = "--transition-time=5s";

    private static final String POOL = "pool";
    private static final String JOB = "job";

    @TempDir
    private Path folder;

    private BatchClient client;

    private RunningEmulator start(String... options) {
        RunningEmulator emulator = RunningEmulator.start(folder, options);
        client = new OfficialClient(emulator).batch();
        return emulator;
    }

    private void createPool(int nodes) throws Exception {
        client.poolOperations().createPool(POOL, "standard_d2s_v5", OfficialClient.ubuntu(), nodes);
    }

    /** The states in the order in which they are seen, until the last one; empty stands for what is gone. */
    private static <S> List<Optional<S>> states(Callable<S> look, Optional<S> last) throws InterruptedException {
        List<Optional<S>> seen = new ArrayList<>();
        return OfficialClient.await(last + " after " + seen, () -> {
            Optional<S> now = look(look);
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                seen.add(now);
            }
            return now.equals(last) ? Optional.of(seen) : Optional.empty();
        });
    }

    private static <S> Optional<S> look(Callable<S> look) throws Exception {
        try {
            return Optional.of(look.call());
        } catch (BatchErrorException e) {
            assertThat(e.body().code()).endsWith("NotFound");
            return Optional.empty();
        }
    }

    private static <S> List<Optional<S>> inOrder(List<S> states) {
        return states.stream().map(Optional::of).toList();
    }

    private AllocationState allocation() throws Exception {
        return client.poolOperations().getPool(POOL).allocationState();
    }

    private JobState job() throws Exception {
        return client.jobOperations().getJob(JOB).state();
    }

    private List<ComputeNode> nodes() throws Exception {
        return client.computeNodeOperations().listComputeNodes(POOL);
    }

    private void awaitIdle(int count) throws Exception {
        assertThat(states(
                        () -> nodes().stream()
                                        .filter(node -> node.state() == ComputeNodeState.IDLE)
                                        .count()
                                == count,
                        Optional.of(true)))
                .endsWith(Optional.of(true));
    }

    private static void assertIsStopped(CloudPool pool) {
        assertThat(pool.resizeErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo("ResizeStopped"));
    }

    @Tag("long")
    @Test
    void poolsAndNodesAreSeenOnTheirWay() throws Exception {
        try (RunningEmulator emulator = start(TIME)) {
            createPool(2);
            String first = nodes().get(0).id();
            assertThat(states(
                            () -> client.computeNodeOperations()
                                    .getComputeNode(POOL, first)
                                    .state(),
                            Optional.of(ComputeNodeState.IDLE)))
                    .isEqualTo(inOrder(
                            List.of(ComputeNodeState.CREATING, ComputeNodeState.STARTING, ComputeNodeState.IDLE)));
            awaitIdle(2);

            client.poolOperations().resizePool(POOL, 3, 0);
            assertThat(states(this::allocation, Optional.of(AllocationState.STEADY)))
                    .isEqualTo(inOrder(List.of(AllocationState.RESIZING, AllocationState.STEADY)));
            awaitIdle(3);

            client.poolOperations().resizePool(POOL, 9, 0);
            client.poolOperations().stopResizePool(POOL);
            assertThat(states(this::allocation, Optional.of(AllocationState.STEADY)))
                    .isEqualTo(inOrder(List.of(AllocationState.STOPPING, AllocationState.STEADY)));
            assertIsStopped(client.poolOperations().getPool(POOL));

            client.poolOperations().deletePool(POOL);
            assertThat(nodes()).allMatch(node -> node.state() == ComputeNodeState.LEAVING_POOL);
            assertThat(states(() -> client.poolOperations().getPool(POOL).state(), Optional.empty()))
                    .isEqualTo(List.of(Optional.of(PoolState.DELETING), Optional.empty()));
            assertThat(emulator.isAlive()).isTrue();
        }
    }

    @Tag("long")
    @Test
    void jobsAndTasksAreSeenOnTheirWay() throws Exception {
        try (RunningEmulator emulator = start(TIME)) {
            createPool(1);
            awaitIdle(1);
            client.jobOperations()
                    .createJob(new JobAddParameter()
                            .withId(JOB)
                            .withPoolInfo(new PoolInformation().withPoolId(POOL))
                            .withJobPreparationTask(new JobPreparationTask().withCommandLine("/bin/true")));
            client.taskOperations()
                    .createTask(JOB, new TaskAddParameter().withId("t").withCommandLine("/bin/sh -c 'sleep 1'"));
            assertThat(states(
                            () -> client.taskOperations().getTask(JOB, "t").state(), Optional.of(TaskState.COMPLETED)))
                    .endsWith(
                            Optional.of(TaskState.PREPARING),
                            Optional.of(TaskState.RUNNING),
                            Optional.of(TaskState.COMPLETED));

            client.jobOperations().disableJob(JOB, DisableJobOption.REQUEUE);
            assertThat(states(this::job, Optional.of(JobState.DISABLED)))
                    .isEqualTo(inOrder(List.of(JobState.DISABLING, JobState.DISABLED)));
            client.jobOperations().enableJob(JOB);
            client.jobOperations().terminateJob(JOB, "enough");
            assertThat(states(this::job, Optional.of(JobState.COMPLETED)))
                    .isEqualTo(inOrder(List.of(JobState.TERMINATING, JobState.COMPLETED)));
            client.jobOperations().deleteJob(JOB);
            assertThat(states(this::job, Optional.empty()))
                    .isEqualTo(List.of(Optional.of(JobState.DELETING), Optional.empty()));
            assertThat(emulator.isAlive()).isTrue();
        }
    }

    @Tag("long")
    @Test
    void whatWasOnItsWayWhenTheEmulatorWasKilledArrivesAfterwards() throws Exception {
        RunningEmulator killed = start("--transition-time=10m");
        createPool(3);
        client.poolOperations().stopResizePool(POOL);
        client.jobOperations().createJob(JOB, new PoolInformation().withPoolId(POOL));
        client.jobOperations().terminateJob(JOB, "enough");
        killed.kill();
        try (RunningEmulator again = start("--transition-time=10m")) {
            assertThat(allocation()).isEqualTo(AllocationState.STOPPING);
            assertThat(nodes())
                    .singleElement()
                    .satisfies(node -> assertThat(node.state()).isEqualTo(ComputeNodeState.CREATING));
            assertThat(job()).isEqualTo(JobState.TERMINATING);
            again.kill();
        }
        try (RunningEmulator hurried = start("--transition-time=0")) {
            assertThat(allocation()).isEqualTo(AllocationState.STEADY);
            assertIsStopped(client.poolOperations().getPool(POOL));
            assertThat(job()).isEqualTo(JobState.COMPLETED);
            awaitIdle(1);
            assertThat(nodes()).hasSize(1);
            assertThat(hurried.isAlive()).isTrue();
        }
    }
}
