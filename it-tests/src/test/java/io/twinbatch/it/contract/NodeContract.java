package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.Refusals.assertNotFound;
import static io.twinbatch.it.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.task.TaskFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes run as they join a pool, and the files that they show. */
abstract class NodeContract {
    private final Supplier<Workbench> workbench;

    @TempDir
    private Path folder;

    /** A suite that runs inside another one. */
    NodeContract(Supplier<Workbench> workbench) {
        this.workbench = workbench;
    }

    private Workbench bench() {
        return workbench.get();
    }

    private PoolId pool(int nodes, StartTask startTask) {
        return bench().create(bench().fixture().pool(bench().newPool(), nodes).withStartTask(startTask));
    }

    private static StartTask startTask(String script, int retries) {
        return new StartTask(CommandLine.shell(script), List.of(), Map.of(), false, retries);
    }

    private Node settled(PoolId pool) throws InterruptedException {
        return bench().nodes(
                        pool, 1, node -> node.state() == NodeState.IDLE || node.state() == NodeState.START_TASK_FAILED)
                .get(0);
    }

    private String read(PoolId pool, Node node, String path) {
        return Workbench.text(bench().pools().readFile(pool, node.id(), path, 0));
    }

    @Test
    void aStartTaskRunsOnceOnEachNodeBeforeItsTasks() throws Exception {
        PoolId pool = pool(2, startTask("echo $AZ_BATCH_NODE_ID >> $AZ_BATCH_NODE_SHARED_DIR/started", 0));
        JobId job = bench().job(pool);
        for (int i = 0; i < 8; i++) {
            bench().submit(job, "t" + i, "cat $AZ_BATCH_NODE_SHARED_DIR/started");
        }
        for (int i = 0; i < 8; i++) {
            TaskKey key = new TaskKey(job, "t" + i);
            NodeId node = bench().succeeded(key).node().orElseThrow();
            assertThat(bench().stdout(key)).isEqualTo(node + "\n");
        }
        for (Node node : bench().nodes(pool, 2, node -> node.state() == NodeState.IDLE)) {
            StartTaskResult result = node.startTask().orElseThrow();
            assertThat(result.exitCode()).hasValue(0);
            assertThat(result.failure()).isEmpty();
            assertThat(result.retries()).isZero();
            assertThat(result.ended().orElseThrow()).isAfterOrEqualTo(result.started());
        }
    }

    @Test
    void aNodeWaitsForItsStartTask() throws Exception {
        String script = "while [ ! -e $AZ_BATCH_NODE_SHARED_DIR/go ]; do sleep 0.05; done";
        PoolId pool = pool(1, startTask(script, 0));
        Node node = bench().nodes(pool, 1, one -> one.state() == NodeState.WAITING_FOR_START_TASK)
                .get(0);
        StartTaskResult result = node.startTask().orElseThrow();
        assertThat(result.ended()).isEmpty();
        assertThat(result.exitCode()).isEmpty();
        TaskKey key = bench().submit(bench().job(pool), "t", "true");
        assertThat(bench().task(key).status()).isInstanceOf(TaskStatus.Queued.class);
        bench().pools().delete(pool);
        bench().await("the pool's end", () -> bench().pools().find(pool).isEmpty());
        assertThat(bench().task(key).requeues()).isZero();
    }

    @Test
    void aNodeWhoseStartTaskFailedTakesNoTasksAndTellsWhy() throws Exception {
        PoolId pool = pool(1, startTask("echo out of order >&2; exit 3", 0));
        JobId job = bench().job(pool);
        TaskKey key = bench().submit(job, "t", "true");
        Node node = settled(pool);
        assertThat(node.state()).isEqualTo(NodeState.START_TASK_FAILED);
        assertThat(node.state().takesTasks()).isFalse();
        StartTaskResult result = node.startTask().orElseThrow();
        assertThat(result.exitCode()).hasValue(3);
        assertThat(result.failure()).isPresent();
        assertThat(result.ended()).isPresent();
        assertThat(read(pool, node, "startup/stderr.txt")).isEqualTo("out of order\n");
        assertThat(bench().task(key).status()).isInstanceOf(TaskStatus.Queued.class);
        assertThat(bench().jobs().counts(job).running()).isZero();

        bench().pools().removeNodes(pool, Set.of(node.id()));
        bench().nodes(pool, 0, any -> true);
    }

    @Test
    void aStartTaskIsTriedAgainAfterAFailure() throws Exception {
        String script = "[ -e $AZ_BATCH_NODE_SHARED_DIR/seen ] || { touch $AZ_BATCH_NODE_SHARED_DIR/seen; exit 1; }";
        Node node = settled(pool(1, startTask(script, 2)));
        assertThat(node.state()).isEqualTo(NodeState.IDLE);
        StartTaskResult result = node.startTask().orElseThrow();
        assertThat(result.retries()).isEqualTo(1);
        assertThat(result.exitCode()).hasValue(0);
    }

    @Test
    void aStartTaskIsTriedAgainNoMoreThanAsked() throws Exception {
        PoolId pool = pool(1, startTask("echo x >> $AZ_BATCH_NODE_SHARED_DIR/tries; exit 9", 2));
        Node node = settled(pool);
        assertThat(node.state()).isEqualTo(NodeState.START_TASK_FAILED);
        assertThat(node.startTask().orElseThrow().retries()).isEqualTo(2);
        assertThat(node.startTask().orElseThrow().exitCode()).hasValue(9);
        assertThat(read(pool, node, "shared/tries")).isEqualTo("x\nx\nx\n");
    }

    @Test
    void aStartTaskThatCannotBeStartedIsAFailureWithoutExitCode() throws Exception {
        Node node = settled(pool(1, new StartTask("no-such-program", List.of(), Map.of(), false, 0)));
        assertThat(node.state()).isEqualTo(NodeState.START_TASK_FAILED);
        StartTaskResult result = node.startTask().orElseThrow();
        assertThat(result.exitCode()).isEmpty();
        assertThat(result.failure().orElseThrow().message()).contains("no-such-program");
    }

    @Test
    void aStartTaskFindsItsFilesAndVariables() throws Exception {
        ContainerName container = bench().container();
        ObjectKey object = new ObjectKey(container, "program.sh");
        Path program = Files.writeString(folder.resolve("program.sh"), "#!/bin/sh\necho from the program\nenv\n");
        bench().objects().put(object, program, Map.of(), TransferListener.NONE);
        ResourceFile file = new ResourceFile(bench().objects().signRead(object, Duration.ofHours(1)), "bin/program.sh");
        PoolId pool = pool(1, new StartTask("bin/program.sh", List.of(file), Map.of("COLOUR", "blue"), false, 0));
        Node node = settled(pool);
        assertThat(node.state()).isEqualTo(NodeState.IDLE);
        assertThat(read(pool, node, "startup/stdout.txt"))
                .startsWith("from the program\n")
                .contains("\nCOLOUR=blue\n")
                .contains("\nAZ_BATCH_POOL_ID=" + pool + "\n")
                .contains("\nAZ_BATCH_NODE_ID=" + node.id() + "\n")
                .doesNotContain("AZ_BATCH_JOB_ID=")
                .doesNotContain("AZ_BATCH_TASK_ID=");
    }

    @Test
    void theFilesOfANodeAreListedAndRead() throws Exception {
        PoolId pool = pool(1, startTask("echo 0123456789; mkdir sub; echo abc > sub/file", 0));
        Node node = settled(pool);
        List<TaskFile> startup = bench().pools().files(pool, node.id(), "startup");
        assertThat(startup)
                .extracting(TaskFile::path)
                .contains("stdout.txt", "stderr.txt", "wd", "wd/sub", "wd/sub/file");
        assertThat(startup)
                .filteredOn(file -> file.path().equals("wd/sub/file"))
                .allMatch(file -> !file.folder() && file.size() == 4);
        assertThat(startup)
                .filteredOn(file -> file.path().equals("wd/sub"))
                .allMatch(file -> file.folder() && file.size() == 0);
        assertThat(bench().pools().files(pool, node.id(), ""))
                .extracting(TaskFile::path)
                .contains("startup", "shared", "workitems", "startup/stdout.txt");
        assertThat(Workbench.text(bench().pools().readFile(pool, node.id(), "startup/stdout.txt", 7)))
                .isEqualTo("789\n");
        assertThat(Workbench.text(bench().pools().readFile(pool, node.id(), "startup/stdout.txt", 11)))
                .isEmpty();
        assertThat(Workbench.text(bench().pools().readFile(pool, node.id(), "startup/stdout.txt", 5000)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "startup/../../x", "/etc/passwd", "/no/such/file", "startup/wd/link"})
    void aPathThatLeavesTheNodesFolderIsRefused(String path) throws Exception {
        PoolId pool = pool(1, startTask("ln -s /etc/passwd link", 0));
        Node node = settled(pool);
        assertRefused(ErrorCode.INVALID, () -> bench().pools().readFile(pool, node.id(), path, 0));
    }

    @Test
    void aFileThatIsNotThereIsToldSo() throws Exception {
        PoolId pool = pool(1, startTask("true", 0));
        Node node = settled(pool);
        assertNotFound(() -> bench().pools().readFile(pool, node.id(), "startup/none", 0));
        assertNotFound(() -> bench().pools().readFile(pool, node.id(), "startup", 0));
    }
}
