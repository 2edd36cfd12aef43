package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.DetailLevel;
import com.microsoft.azure.batch.protocol.models.AllocationState;
import com.microsoft.azure.batch.protocol.models.BatchErrorException;
import com.microsoft.azure.batch.protocol.models.CloudJob;
import com.microsoft.azure.batch.protocol.models.CloudJobSchedule;
import com.microsoft.azure.batch.protocol.models.CloudPool;
import com.microsoft.azure.batch.protocol.models.CloudTask;
import com.microsoft.azure.batch.protocol.models.ComputeNode;
import com.microsoft.azure.batch.protocol.models.ComputeNodeRebootOption;
import com.microsoft.azure.batch.protocol.models.ComputeNodeState;
import com.microsoft.azure.batch.protocol.models.ImageReference;
import com.microsoft.azure.batch.protocol.models.JobManagerTask;
import com.microsoft.azure.batch.protocol.models.JobScheduleState;
import com.microsoft.azure.batch.protocol.models.JobSpecification;
import com.microsoft.azure.batch.protocol.models.JobState;
import com.microsoft.azure.batch.protocol.models.NodeFile;
import com.microsoft.azure.batch.protocol.models.OnAllTasksComplete;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.Schedule;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import com.microsoft.azure.batch.protocol.models.TaskAddStatus;
import com.microsoft.azure.batch.protocol.models.TaskCounts;
import com.microsoft.azure.batch.protocol.models.TaskExecutionResult;
import com.microsoft.azure.batch.protocol.models.TaskState;
import com.microsoft.azure.batch.protocol.models.VirtualMachineConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.joda.time.Period;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service's own Java client, unmodified, walks through pools, jobs, tasks, files, schedules, errors and pages. */
@Timeout(90)
class OfficialJavaClientIT {
    private static final String POOL = "shared";
    private static final int CLIENTS = 8;
    private static final int CONTESTED_TASKS = 50;
    private static final int MANY_TASKS = 10_000;
    private static final int MAX_COLLECTION_SIZE = 100;

    private static final Phaser ALL_ADDED = new Phaser(CLIENTS);

    @TempDir
    private static Path folder;

    private static RunningEmulator emulator;
    private static BatchClient client;

    @BeforeAll
    static void start() throws Exception {
        emulator = RunningEmulator.start(folder);
        client = newClient();
        client.poolOperations().createPool(POOL, "standard_d2s_v5", ubuntu(), 1);
        pool(POOL, pool -> pool.allocationState() == AllocationState.STEADY);
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static BatchClient newClient() {
        return new OfficialClient(emulator).batch();
    }

    private static VirtualMachineConfiguration ubuntu() throws Exception {
        return client.accountOperations().listSupportedImages().stream()
                .filter(image -> image.imageReference().offer().equals("ubuntu-24_04-lts"))
                .map(image -> new VirtualMachineConfiguration()
                        .withNodeAgentSKUId(image.nodeAgentSKUId())
                        .withImageReference(new ImageReference()
                                .withPublisher(image.imageReference().publisher())
                                .withOffer(image.imageReference().offer())
                                .withSku(image.imageReference().sku())
                                .withVersion("latest")))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T eventually(String what, Callable<T> look, Predicate<T> wanted) throws InterruptedException {
        return OfficialClient.await(what, () -> Optional.ofNullable(look.call()).filter(wanted));
    }

    private static CloudPool pool(String id, Predicate<CloudPool> wanted) throws InterruptedException {
        return eventually("pool " + id, () -> client.poolOperations().getPool(id), wanted);
    }

    private static CloudJob job(String id, JobState state) throws InterruptedException {
        return eventually("job " + id, () -> client.jobOperations().getJob(id), job -> job.state() == state);
    }

    private static CloudTask ended(String job, String id) throws InterruptedException {
        return eventually(
                "task " + id,
                () -> client.taskOperations().getTask(job, id),
                task -> task.state() == TaskState.COMPLETED);
    }

    private static void createJob(String id) throws Exception {
        client.jobOperations().createJob(id, new PoolInformation().withPoolId(POOL));
    }

    private static TaskAddParameter task(String id, String commandLine) {
        return new TaskAddParameter().withId(id).withCommandLine(commandLine);
    }

    @Test
    void aPoolIsCreatedResizedAndDeletedAndItsNodesAreTold() throws Exception {
        client.poolOperations().createPool("own", "standard_d2s_v5", ubuntu(), 1);
        pool("own", pool -> pool.allocationState() == AllocationState.STEADY && pool.currentDedicatedNodes() == 1);

        client.poolOperations().resizePool("own", 2, 0);
        pool("own", pool -> pool.allocationState() == AllocationState.STEADY && pool.currentDedicatedNodes() == 2);
        List<ComputeNode> nodes = eventually(
                "nodes",
                () -> client.computeNodeOperations().listComputeNodes("own"),
                found -> found.stream().allMatch(node -> node.state() == ComputeNodeState.IDLE));
        assertThat(nodes).hasSize(2);

        client.computeNodeOperations().rebootComputeNode("own", nodes.get(0).id(), ComputeNodeRebootOption.REQUEUE);
        eventually(
                "the reboot",
                () -> client.computeNodeOperations()
                        .getComputeNode("own", nodes.get(0).id()),
                node -> node.state() == ComputeNodeState.IDLE);
        client.poolOperations().removeNodeFromPool("own", nodes.get(0).id());
        pool("own", pool -> pool.currentDedicatedNodes() == 1);

        client.poolOperations().deletePool("own");
        eventually("the deletion", () -> client.poolOperations().existsPool("own"), exists -> !exists);
    }

    @Test
    void aJobRunsItsTasksAndEndsWithTheLastOfThem() throws Exception {
        createJob("runs");
        client.taskOperations().createTask("runs", task("good", "/bin/sh -c 'mkdir out; echo text > out/file.txt'"));
        client.taskOperations().createTask("runs", task("bad", "/bin/sh -c 'echo why >&2; exit 7'"));

        assertThat(ended("runs", "good").executionInfo().result()).isEqualTo(TaskExecutionResult.SUCCESS);
        CloudTask bad = ended("runs", "bad");
        assertThat(bad.executionInfo().exitCode()).isEqualTo(7);
        assertThat(bad.executionInfo().failureInfo().code()).isEqualTo("FailureExitCode");
        assertThat(file("runs", "bad", "stderr.txt")).isEqualTo("why\n");
        assertThat(file("runs", "good", "wd/out/file.txt")).isEqualTo("text\n");
        assertThat(client.fileOperations()
                        .getFilePropertiesFromTask("runs", "good", "wd/out/file.txt")
                        .contentLength())
                .isEqualTo(5);
        assertThat(client.fileOperations().listFilesFromTask("runs", "good", true, null))
                .extracting(NodeFile::name)
                .contains("wd/out/file.txt", "stdout.txt", "wd");
        TaskCounts counts = client.jobOperations().getTaskCounts("runs");
        assertThat(List.of(counts.completed(), counts.succeeded(), counts.failed()))
                .containsExactly(2, 1, 1);

        client.jobOperations().patchJob("runs", OnAllTasksComplete.TERMINATE_JOB);
        assertThat(job("runs", JobState.COMPLETED).executionInfo().terminateReason())
                .isEqualTo("AllTasksComplete");
        client.jobOperations().deleteJob("runs");
    }

    private static String file(String job, String task, String path) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        client.fileOperations().getFileFromTask(job, task, path, content);
        return content.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aScheduleMakesAJob() throws Exception {
        client.jobScheduleOperations()
                .createJobSchedule(
                        "hourly",
                        new Schedule().withRecurrenceInterval(Period.hours(1)),
                        new JobSpecification()
                                .withPoolInfo(new PoolInformation().withPoolId(POOL))
                                .withJobManagerTask(
                                        new JobManagerTask().withId("manager").withCommandLine("/bin/true")));

        CloudJobSchedule schedule = eventually(
                "the first job",
                () -> client.jobScheduleOperations().getJobSchedule("hourly"),
                found -> found.executionInfo() != null && found.executionInfo().recentJob() != null);
        assertThat(schedule.executionInfo().recentJob().id()).isEqualTo("hourly:job-1");
        job("hourly:job-1", JobState.COMPLETED);
        client.jobScheduleOperations().terminateJobSchedule("hourly");
        eventually(
                "the end",
                () -> client.jobScheduleOperations().getJobSchedule("hourly"),
                found -> found.state() == JobScheduleState.COMPLETED);
        client.jobScheduleOperations().deleteJobSchedule("hourly");
    }

    @Test
    void refusalsCarryTheServicesCodes() throws Exception {
        assertThatThrownBy(() -> client.poolOperations().getPool("absent"))
                .isInstanceOfSatisfying(BatchErrorException.class, code("PoolNotFound"));
        createJob("twice");
        assertThatThrownBy(() -> createJob("twice"))
                .isInstanceOfSatisfying(BatchErrorException.class, code("JobExists"));
        assertThatThrownBy(() -> client.taskOperations().createTask("absent", task("t", "true")))
                .isInstanceOfSatisfying(BatchErrorException.class, code("JobNotFound"));
        assertThatThrownBy(() -> client.taskOperations().createTask("twice", task("no spaces", "true")))
                .isInstanceOfSatisfying(BatchErrorException.class, code("InvalidPropertyValue"));
        client.jobOperations().deleteJob("twice");
    }

    private static Consumer<BatchErrorException> code(String expected) {
        return refusal -> assertThat(refusal.body().code()).isEqualTo(expected);
    }

    @Test
    void tenThousandTasksAreAddedAndListedPageByPage() throws Exception {
        client.jobOperations().createJob("many", new PoolInformation().withPoolId("not-there-yet"));

        // Not with createTasks, which waits for ever at times: it can miss that its own threads are done.
        for (int first = 0; first < MANY_TASKS; first += MAX_COLLECTION_SIZE) {
            List<TaskAddParameter> tasks = IntStream.range(first, first + MAX_COLLECTION_SIZE)
                    .mapToObj(i -> task("task-" + i, "/bin/true"))
                    .toList();
            assertThat(client.protocolLayer()
                            .tasks()
                            .addCollection("many", tasks)
                            .value())
                    .allMatch(result -> result.status() == TaskAddStatus.SUCCESS);
        }

        List<CloudTask> listed = client.taskOperations()
                .listTasks(
                        "many",
                        new DetailLevel.Builder().withSelectClause("id,state").build());
        assertThat(listed.stream().map(CloudTask::id)).hasSize(MANY_TASKS).doesNotHaveDuplicates();
        assertThat(client.jobOperations().getTaskCounts("many").active()).isEqualTo(MANY_TASKS);
        client.jobOperations().deleteJob("many");
    }

    @Test
    void whatManyClientsDoAtOnceHappensInOneOrder() throws Exception {
        createJob("contested");
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<String>>> done = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                done.add(threads.submit(OfficialJavaClientIT::addTerminateListAndDelete));
            }
            List<String> successes = new ArrayList<>();
            for (Future<List<String>> one : done) {
                successes.addAll(one.get());
            }

            // However the clients met: of each task's creation and deletion one alone succeeded.
            assertThat(successes).hasSize(2 * CONTESTED_TASKS).doesNotHaveDuplicates();
            assertThat(client.taskOperations().listTasks("contested")).isEmpty();
            assertThat(emulator.isAlive()).isTrue();
        } finally {
            threads.shutdownNow();
        }
        client.jobOperations().deleteJob("contested");
    }

    /** Everybody adds all tasks first, so that none is added again after its deletion. */
    private static List<String> addTerminateListAndDelete() throws Exception {
        BatchClient own = newClient();
        List<String> successes = new ArrayList<>();
        for (int i = 0; i < CONTESTED_TASKS; i++) {
            String id = "task-" + i;
            if (attempt(() -> own.taskOperations().createTask("contested", task(id, "/bin/sleep 600")), "TaskExists")) {
                successes.add("added " + id);
            }
        }
        ALL_ADDED.arriveAndAwaitAdvance();
        for (int i = 0; i < CONTESTED_TASKS; i++) {
            String id = "task-" + i;
            boolean unused =
                    attempt(() -> own.taskOperations().terminateTask("contested", id), "TaskCompleted", "TaskNotFound");
            own.taskOperations()
                    .listTasks("contested")
                    .forEach(task -> assertThat(task.state()).isNotNull());
            if (attempt(() -> own.taskOperations().deleteTask("contested", id), "TaskNotFound")) {
                successes.add("deleted " + id);
            }
        }
        return successes;
    }

    /** Whether a call succeeded; a refusal has to have one of these codes. */
    private static boolean attempt(Call call, String... expectedRefusals) throws Exception {
        try {
            call.run();
            return true;
        } catch (BatchErrorException e) {
            assertThat(e.body().code()).isIn((Object[]) expectedRefusals);
            return false;
        }
    }

    /** A call of the client. */
    private interface Call {
        void run() throws Exception;
    }
}
