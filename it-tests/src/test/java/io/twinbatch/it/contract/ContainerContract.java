package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.ContainerOptions;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.task.TaskFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tasks in containers: where an engine runs them, what the API promises; where none answers, the refusal. The image of the
 * tests is the one that {@code .ci/docker-azurite} builds.
 */
public abstract class ContainerContract extends BatchSuite {
    /** The image of the tests. */
    public static final String IMAGE = "twinbatch/busybox:1";

    private PoolId pool;

    /** Whether containers can be run, as far as the test machine knows. */
    protected abstract boolean hasEngine();

    /** Whether the image of the tests is where nodes look for it. */
    protected abstract boolean hasImage();

    private JobId job() {
        if (pool == null) {
            pool = bench().create(bench().fixture().containerPool(bench().newPool(), new ContainerImage(IMAGE)));
        }
        return bench().job(pool);
    }

    @BeforeEach
    void requireEngine(TestInfo test) {
        pool = null;
        if (test.getTags().contains("engine")) {
            assumeTrue(hasEngine(), "no Docker engine; the refusal is tested instead");
            assumeTrue(hasImage(), "the image " + IMAGE + " is missing; .ci/docker-azurite builds it");
        }
    }

    private static TaskSpec.Builder in(TaskContainer container, String id, String script) {
        return Workbench.shell(id, script).container(container);
    }

    private TaskKey submit(String script) {
        return bench().submit(job(), in(TaskContainer.of(IMAGE), "t", script).build());
    }

    private String output(TaskContainer container, String script) throws Exception {
        TaskKey key = bench().submit(job(), in(container, "t", script).build());
        bench().succeeded(key);
        return bench().stdout(key);
    }

    @Test
    void aPoolOfContainersIsRefusedWhereNothingRunsThem() {
        assumeTrue(!hasEngine(), "a Docker engine answers");
        assertRefused(
                ErrorCode.INVALID,
                () -> bench().create(bench().fixture().containerPool(bench().newPool(), new ContainerImage(IMAGE))));
    }

    @Test
    @Tag("engine")
    void aTaskRunsInItsImageWithTheFoldersOfItsNode() throws Exception {
        TaskKey key = submit("only-in-image; echo $IMAGE_SAYS; echo to stderr >&2; "
                + "[ $PWD = $AZ_BATCH_TASK_WORKING_DIR ] && [ $HOME = $PWD ] && echo made >here; "
                + "echo shared >$AZ_BATCH_NODE_SHARED_DIR/" + "of-container && ls $AZ_BATCH_NODE_SHARED_DIR; "
                + "[ ! -e /usr/lib ] && echo apart");
        Task task = bench().succeeded(key);
        assertThat(task.exitCode()).hasValue(0);
        assertThat(bench().stdout(key)).isEqualTo("only in the image\nbusybox\nof-container\napart\n");
        assertThat(bench().read(key, TaskFile.STDERR)).isEqualTo("to stderr\n");
        assertThat(bench().read(key, "wd/here")).isEqualTo("made\n");
    }

    @ParameterizedTest
    @Tag("engine")
    @CsvSource({"exit 3, 3", "kill -TERM $$, 143", "kill -KILL $$, 137", "no-such-command, 127"})
    void aTaskThatFailsHasItsExitCode(String script, int exitCode) throws Exception {
        Task task = bench().ended(submit(script));
        assertThat(task.status()).isEqualTo(new TaskStatus.Failed(exitCode));
        assertThat(task.exitCode()).hasValue(exitCode);
    }

    @Test
    @Tag("engine")
    void variablesArriveAsTheyWereAndThePathIsThatOfTheImage() throws Exception {
        String odd = "a \"b\" 'c' $HOME `id`\nsecond=line ü";
        TaskKey key = bench().submit(
                        job(),
                        in(TaskContainer.of(IMAGE), "t", "printf %s \"$ODD\"; echo; echo $PATH; echo $AZ_BATCH_TASK_ID")
                                .environment(Map.of("ODD", odd))
                                .build());
        bench().succeeded(key);
        assertThat(bench().stdout(key)).isEqualTo(odd + "\n/opt/image/bin:/bin\nt\n");
    }

    @Test
    @Tag("engine")
    void outputFilesAreStored() throws Exception {
        ContainerName results = bench().container();
        OutputFile output = new OutputFile(
                "*.txt",
                bench().objects().signContainer(results, Set.of(AccessRight.CREATE), Duration.ofHours(1)),
                "",
                OutputFile.Condition.SUCCESS);
        bench().succeeded(bench().submit(
                        job(),
                        in(TaskContainer.of(IMAGE), "t", "echo x >a.txt; umask 077; echo y >b.txt")
                                .outputFiles(List.of(output))
                                .build()));
        assertThat(bench().objectNames(results)).containsExactly("a.txt", "b.txt");
    }

    @Test
    @Tag("engine")
    void muchOutputArrivesWhole() throws Exception {
        assertThat(output(TaskContainer.of(IMAGE), "seq 1 200000"))
                .hasLineCount(200_000)
                .endsWith("\n200000\n");
    }

    @Test
    @Tag("engine")
    void aTaskIsEndedWithItsContainerAtItsTimeLimit() throws Exception {
        TaskKey key = bench().submit(
                        job(),
                        in(TaskContainer.of(IMAGE), "t", "trap : TERM; (sleep 600) & while :; do sleep 1; done")
                                .maxWallClockTime(Duration.ofSeconds(2))
                                .build());
        Task task = bench().ended(key);
        assertThat(task.status()).isInstanceOf(TaskStatus.Stopped.class);
        requireNothingRuns();
    }

    @Test
    @Tag("engine")
    void aTaskThatIsTerminatedLeavesNoContainer() throws Exception {
        TaskKey key = submit("echo begun; sleep 600");
        bench().awaitContent(key, TaskFile.STDOUT);
        bench().jobs().terminateTask(key);
        assertThat(bench().ended(key).status()).isInstanceOf(TaskStatus.Stopped.class);
        requireNothingRuns();
    }

    /** Whether the provider says what processes use. */
    protected boolean measures() {
        return false;
    }

    @Test
    @Tag("engine")
    void whatATaskUsesIsThatOfItsProcessesInTheContainer() throws Exception {
        assumeTrue(measures(), "the provider does not say what tasks use");
        // A shell replaces itself by its last command, and gives up its memory then: sleep is not the last one.
        TaskKey key = submit("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; "
                + "x=$(head -c 30000000 /dev/zero | tr \"\\0\" a); "
                + "dd if=/dev/zero of=written bs=1M count=20 2>/dev/null; echo done; sleep 600; echo ${#x}");
        bench().awaitContent(key, TaskFile.STDOUT);
        bench().jobs().terminateTask(key);

        TaskUsage usage = bench().ended(key).usage().orElseThrow();
        assertThat(usage.processorTime()).isBetween(Duration.ofMillis(30), Duration.ofMinutes(1));
        assertThat(usage.userTime()).isPositive();
        assertThat(usage.peakMemory()).isBetween(28L << 20, 1L << 30);
        TaskUsage.Io io = usage.io().orElseThrow();
        assertThat(io.bytesWritten()).isBetween(20L << 20, 200L << 20);
        assertThat(io.bytesRead()).isBetween(20L << 20, 200L << 20);
        assertThat(io.writes()).isGreaterThanOrEqualTo(20);
    }

    /** Fails when a container of the suite is left, as far as the test machine can see it. */
    protected abstract void requireNothingRuns() throws InterruptedException;

    @Test
    @Tag("engine")
    void limitsAndProtectionsHold() throws Exception {
        ContainerOptions options = ContainerOptions.DEFAULT
                .withoutNetwork()
                .withReadOnlyImage()
                .withSharedMemory(2 << 20)
                .withMilliCores(500)
                .withMemory(64 << 20);
        assertThat(output(
                        TaskContainer.of(IMAGE).with(options),
                        "ls /sys/class/net; touch /new 2>/dev/null || echo protected; "
                                + "df -k /dev/shm | tail -n 1 | tr -s \" \" | cut -d \" \" -f 2"))
                .isEqualTo("lo\nprotected\n2048\n");
    }

    @Test
    @Tag("engine")
    void aTaskThatNeedsMoreMemoryThanItMayIsKilled() throws Exception {
        TaskContainer small = TaskContainer.of(IMAGE).with(ContainerOptions.DEFAULT.withMemory(16 << 20));
        TaskKey key = bench().submit(
                        job(),
                        TaskSpec.builder("t", "dd if=/dev/zero of=/dev/null bs=256M count=1")
                                .container(small)
                                .build());
        assertThat(bench().ended(key).status()).isEqualTo(new TaskStatus.Failed(137));
    }

    @Test
    @Tag("engine")
    void theImageSaysWhereATaskStartsAndWhatGetsItsCommandLineWhenItIsAskedTo() throws Exception {
        TaskContainer container = TaskContainer.of(IMAGE);
        JobId job = job();
        TaskKey folder = bench().submit(
                        job,
                        in(container.startingIn(TaskContainer.WorkingFolder.IMAGE), "folder", "pwd")
                                .build());
        TaskKey point = bench().submit(
                        job,
                        TaskSpec.builder("point", "a \"b c\"")
                                .container(container.with(ContainerOptions.DEFAULT.withEntryPoint()))
                                .build());
        bench().succeeded(folder);
        bench().succeeded(point);
        assertThat(bench().stdout(folder)).isEqualTo("/start\n");
        assertThat(bench().stdout(point)).isEqualTo("entry point: a b c\n");
    }

    @Test
    @Tag("engine")
    void aPoolHasContainersOrNone() {
        JobId inContainers = job();
        assertThat(bench().pools().find(pool).orElseThrow().spec().containerImages())
                .containsExactly(new ContainerImage(IMAGE));
        assertRefused(ErrorCode.INVALID, () -> bench().submit(inContainers, "t", "true"));
        JobId without = bench().job(bench().pool(1));
        assertRefused(
                ErrorCode.INVALID,
                () -> bench().submit(
                                without,
                                in(TaskContainer.of(IMAGE), "t", "true").build()));
    }

    private static StartTask startTask(String script) {
        return new StartTask(CommandLine.shell(script), List.of(), Map.of(), false, 0);
    }

    private static JobNodeTask nodeTask(String script) {
        return new JobNodeTask(CommandLine.shell(script), List.of(), Map.of(), false);
    }

    private PoolId poolWith(StartTask task) throws InterruptedException {
        PoolId id = bench().create(bench().fixture()
                .containerPool(bench().newPool(), new ContainerImage(IMAGE))
                .withStartTask(task));
        bench().nodes(id, 1, node -> node.state() == NodeState.IDLE);
        return id;
    }

    private String ofNode(PoolId id, String path) {
        return Workbench.text(
                bench().pools().readFile(id, bench().pools().nodes(id).get(0).id(), path, 0));
    }

    @Test
    @Tag("engine")
    void startPreparationAndReleaseTasksRunInAContainerWhenAskedTo() throws Exception {
        TaskContainer container = TaskContainer.of(IMAGE);
        String prepared = "only-in-image && [ $HOME = $PWD ] && echo $AZ_BATCH_JOB_ID >prepared";
        PoolId id =
                poolWith(startTask("only-in-image; echo $AZ_BATCH_NODE_ID; echo x >$AZ_BATCH_NODE_SHARED_DIR/started")
                        .in(container));
        assertThat(ofNode(id, "startup/stdout.txt"))
                .isEqualTo(
                        "only in the image\n" + bench().pools().nodes(id).get(0).id() + "\n");
        JobId job = bench().create(JobSpec.of(bench().newJob(), id)
                .withNodeTasks(
                        nodeTask(prepared).in(container),
                        Optional.of(nodeTask("only-in-image >$AZ_BATCH_NODE_SHARED_DIR/released")
                                .in(container))));
        TaskKey key = bench().submit(
                        job,
                        in(container, "t", "cat $AZ_BATCH_JOB_PREP_WORKING_DIR/prepared; ls $AZ_BATCH_NODE_SHARED_DIR")
                                .build());
        bench().succeeded(key);
        assertThat(bench().stdout(key)).isEqualTo(job + "\nstarted\n");
        JobSpec kept = bench().jobs().find(job).orElseThrow().spec();
        assertThat(kept.preparation().orElseThrow().container()).contains(container);
        assertThat(kept.release().orElseThrow().container()).contains(container);
        assertThat(bench().pools()
                        .find(id)
                        .orElseThrow()
                        .spec()
                        .startTask()
                        .orElseThrow()
                        .container())
                .contains(container);

        bench().jobs().terminate(job);
        bench().await(
                        "the release task",
                        () -> bench().jobs().find(job).orElseThrow().state() == JobState.COMPLETED);
        assertThat(ofNode(id, "shared/released")).isEqualTo("only in the image\n");
        requireNothingRuns();
    }

    @Test
    @Tag("engine")
    void aStartTaskMayRunOnTheNodeOfAPoolOfContainers() throws Exception {
        PoolId id = poolWith(startTask("[ ! -e /opt/image ] && echo on the node"));
        assertThat(ofNode(id, "startup/stdout.txt")).isEqualTo("on the node\n");
    }

    @Test
    @Tag("engine")
    void aStartTaskInAContainerThatFailsHasItsExitCode() throws Exception {
        PoolId id = bench().create(bench().fixture()
                .containerPool(bench().newPool(), new ContainerImage(IMAGE))
                .withStartTask(startTask("exit 7").in(TaskContainer.of(IMAGE))));
        Node node = bench().nodes(id, 1, any -> any.state() == NodeState.START_TASK_FAILED)
                .get(0);
        assertThat(node.startTask().orElseThrow().exitCode()).hasValue(7);
    }

    @Test
    void whatRunsInAContainerIsRefusedWhereThePoolHasNone() {
        TaskContainer container = TaskContainer.of(IMAGE);
        assertRefused(
                ErrorCode.INVALID,
                () -> bench().create(bench().fixture()
                        .pool(bench().newPool(), 1)
                        .withStartTask(startTask("true").in(container))));
        PoolId plain = bench().pool(1);
        assertRefused(
                ErrorCode.INVALID,
                () -> bench().create(JobSpec.of(bench().newJob(), plain)
                        .withNodeTasks(nodeTask("true").in(container), Optional.empty())));
        assertRefused(
                ErrorCode.INVALID,
                () -> bench().create(JobSpec.of(bench().newJob(), plain)
                        .withNodeTasks(
                                nodeTask("true"), Optional.of(nodeTask("true").in(container)))));
    }

    @Test
    @Tag("engine")
    void anImageThatCannotBeHadIsRefusedOrMakesItsNodesUnusable() throws Exception {
        PoolId id = bench().newPool();
        try {
            bench().create(bench().fixture().containerPool(id, new ContainerImage("localhost:1/no-such-image:1")));
        } catch (BatchException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e).hasMessageContaining("localhost:1/no-such-image:1").hasMessageContaining("cannot be fetched");
            assertThat(bench().pools().find(id)).isEmpty();
            return;
        }
        bench().nodes(id, 1, node -> node.state() == NodeState.UNUSABLE);
    }
}
