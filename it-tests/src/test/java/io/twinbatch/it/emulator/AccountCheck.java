package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import com.microsoft.azure.batch.protocol.models.AllocationState;
import com.microsoft.azure.batch.protocol.models.BatchErrorException;
import com.microsoft.azure.batch.protocol.models.CloudJob;
import com.microsoft.azure.batch.protocol.models.CloudJobSchedule;
import com.microsoft.azure.batch.protocol.models.CloudPool;
import com.microsoft.azure.batch.protocol.models.CloudTask;
import com.microsoft.azure.batch.protocol.models.ComputeNode;
import com.microsoft.azure.batch.protocol.models.ComputeNodeState;
import com.microsoft.azure.batch.protocol.models.JobState;
import com.microsoft.azure.batch.protocol.models.PoolState;
import com.microsoft.azure.batch.protocol.models.TaskCounts;
import com.microsoft.azure.batch.protocol.models.TaskState;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.api.time.Waiter;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at everything that an account holds, with the service's own client, and says whether it fits together. */
final class AccountCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<ComputeNodeState> AT_REST = EnumSet.of(
            ComputeNodeState.IDLE,
            ComputeNodeState.OFFLINE,
            ComputeNodeState.START_TASK_FAILED,
            ComputeNodeState.UNUSABLE,
            ComputeNodeState.PREEMPTED);
    private static final Set<JobState> JOBS_AT_REST =
            EnumSet.of(JobState.ACTIVE, JobState.DISABLED, JobState.COMPLETED);

    private final BatchClient client;

    AccountCheck(URI endpoint, String account, String key) {
        client = BatchClient.open(new BatchSharedKeyCredentials(endpoint.toString(), account, key));
    }

    /** No node of any pool runs more than its slots allow. */
    void noNodeRunsMoreThanItsSlots() throws IOException {
        for (CloudPool pool : client.poolOperations().listPools()) {
            for (ComputeNode node : nodes(pool)) {
                assertThat(node.runningTaskSlotsCount())
                        .as("slots in use of node %s of pool %s", node.id(), pool.id())
                        .isLessThanOrEqualTo(pool.taskSlotsPerNode());
            }
        }
    }

    /** A pool that was listed may be gone meanwhile. */
    private List<ComputeNode> nodes(CloudPool pool) throws IOException {
        try {
            return client.computeNodeOperations().listComputeNodes(pool.id());
        } catch (BatchErrorException e) {
            assertThat(e.body().code()).isEqualTo("PoolNotFound");
            return List.of();
        }
    }

    /** Waits until nothing moves any more, and tells all that there is, a line each. */
    List<String> settled() throws InterruptedException {
        List<String> settled = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await("rest", Deadline.after(Clock.systemUTC(), PATIENCE), () -> {
                    try {
                        return isAtRest() ? Optional.of(everything()) : Optional.empty();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
        assertThat(settled).isNotEmpty();
        return settled;
    }

    private boolean isAtRest() throws IOException {
        for (CloudPool pool : client.poolOperations().listPools()) {
            boolean steady = pool.state() == PoolState.ACTIVE && pool.allocationState() == AllocationState.STEADY;
            if (!steady || !nodes(pool).stream().allMatch(node -> AT_REST.contains(node.state()))) {
                return false;
            }
        }
        for (CloudJob job : client.jobOperations().listJobs()) {
            TaskCounts counts = client.jobOperations().getTaskCounts(job.id());
            if (!JOBS_AT_REST.contains(job.state()) || counts.running() > 0) {
                return false;
            }
        }
        return true;
    }

    private List<String> everything() throws IOException {
        List<String> lines = new ArrayList<>();
        for (CloudPool pool : client.poolOperations().listPools()) {
            lines.add(
                    "pool " + pool.id() + " " + pool.eTag() + " " + pool.state() + " " + pool.currentDedicatedNodes());
            for (ComputeNode node : nodes(pool)) {
                lines.add("node " + pool.id() + "/" + node.id() + " " + node.schedulingState());
            }
        }
        for (CloudJobSchedule schedule : client.jobScheduleOperations().listJobSchedules()) {
            lines.add("schedule " + schedule.id() + " " + schedule.eTag() + " " + schedule.state());
        }
        for (CloudJob job : client.jobOperations().listJobs()) {
            TaskCounts counts = client.jobOperations().getTaskCounts(job.id());
            lines.add("job " + job.id() + " " + job.eTag() + " " + job.state() + " " + counts.active() + " active, "
                    + counts.succeeded() + " succeeded, " + counts.failed() + " failed");
            for (CloudTask task : client.taskOperations().listTasks(job.id())) {
                lines.add("task " + job.id() + "/" + task.id() + " " + task.eTag() + " " + task.state() + " "
                        + task.executionInfo().retryCount() + " "
                        + task.executionInfo().result());
            }
        }
        return lines;
    }

    /** At rest: everything that is listed can be got and looks the same, and what is counted is what is listed. */
    void fitsTogether() throws IOException {
        for (CloudPool pool : client.poolOperations().listPools()) {
            assertThat(client.poolOperations().existsPool(pool.id())).isTrue();
            assertThat(client.poolOperations().getPool(pool.id()).eTag()).isEqualTo(pool.eTag());
            List<ComputeNode> nodes = nodes(pool);
            assertThat(nodes).as("nodes of " + pool.id()).hasSize(pool.currentDedicatedNodes());
            for (ComputeNode node : nodes) {
                assertThat(client.computeNodeOperations()
                                .getComputeNode(pool.id(), node.id())
                                .runningTasksCount())
                        .isZero();
            }
        }
        for (CloudJobSchedule schedule : client.jobScheduleOperations().listJobSchedules()) {
            assertThat(client.jobScheduleOperations()
                            .getJobSchedule(schedule.id())
                            .eTag())
                    .isEqualTo(schedule.eTag());
        }
        for (CloudJob job : client.jobOperations().listJobs()) {
            assertThat(client.jobOperations().getJob(job.id()).eTag()).isEqualTo(job.eTag());
            tasksFitTogether(job);
        }
    }

    private void tasksFitTogether(CloudJob job) throws IOException {
        List<CloudTask> tasks = client.taskOperations().listTasks(job.id());
        TaskCounts counts = client.jobOperations().getTaskCounts(job.id());
        assertThat(counts.active()).isEqualTo(count(tasks, TaskState.ACTIVE));
        assertThat(counts.running()).isZero();
        assertThat(counts.completed()).isEqualTo(count(tasks, TaskState.COMPLETED));
        assertThat(counts.succeeded() + counts.failed()).isEqualTo(counts.completed());
        for (CloudTask task : tasks) {
            CloudTask same = client.taskOperations().getTask(job.id(), task.id());
            assertThat(same.eTag()).isEqualTo(task.eTag());
            boolean ended = same.state() == TaskState.COMPLETED;
            assertThat(same.executionInfo().endTime() != null)
                    .as("task %s of job %s, %s, has an end", task.id(), job.id(), same.state())
                    .isEqualTo(ended);
            assertThat(same.executionInfo().result() != null).isEqualTo(ended);
        }
    }

    private static int count(List<CloudTask> tasks, TaskState state) {
        return (int) tasks.stream().filter(task -> task.state() == state).count();
    }

    /** Deletes everything, and waits until nothing is left. */
    void deleteEverything() throws IOException, InterruptedException {
        for (CloudJobSchedule schedule : client.jobScheduleOperations().listJobSchedules()) {
            client.jobScheduleOperations().deleteJobSchedule(schedule.id());
        }
        for (CloudJob job : client.jobOperations().listJobs()) {
            deleted(() -> client.jobOperations().deleteJob(job.id()));
        }
        for (CloudPool pool : client.poolOperations().listPools()) {
            client.poolOperations().deletePool(pool.id());
        }
        boolean unused = new Waiter(Sleeper.REAL, PollInterval.NEARBY)
                .await("the end of everything", Deadline.after(Clock.systemUTC(), PATIENCE), () -> {
                    try {
                        boolean empty = client.poolOperations().listPools().isEmpty()
                                && client.jobOperations().listJobs().isEmpty()
                                && client.jobScheduleOperations()
                                        .listJobSchedules()
                                        .isEmpty();
                        return Optional.of(empty).filter(Boolean::booleanValue);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /** A job of a schedule goes with it. */
    private static void deleted(Deletion deletion) throws IOException {
        try {
            deletion.run();
        } catch (BatchErrorException e) {
            assertThat(e.body().code()).isIn("JobNotFound", "JobBeingDeleted");
        }
    }

    private interface Deletion {
        void run() throws IOException;
    }
}
