package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.protocol.models.CloudTask;
import com.microsoft.azure.batch.protocol.models.ComputeNodeInformation;
import com.microsoft.azure.batch.protocol.models.EnvironmentSetting;
import com.microsoft.azure.batch.protocol.models.MultiInstanceSettings;
import com.microsoft.azure.batch.protocol.models.PoolAddParameter;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.ResourceFile;
import com.microsoft.azure.batch.protocol.models.SubtaskInformation;
import com.microsoft.azure.batch.protocol.models.SubtaskState;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import com.microsoft.azure.batch.protocol.models.TaskExecutionResult;
import com.microsoft.azure.batch.protocol.models.TaskState;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service's own Java client runs a task on several nodes, on an emulator that is killed meanwhile. */
@Timeout(240)
class MultiInstanceTaskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int NODES = 3;

    /** The primary hands out parts of a sum over connections; the subtasks work on them. */
    private static final String PROGRAM = """
            import java.io.*;
            import java.net.*;
            import java.nio.file.*;

            class Sum {
                public static void main(String[] arguments) throws Exception {
                    Path port = Path.of(System.getenv("PORT_FILE"));
                    if (arguments[0].equals("primary")) {
                        handOut(port);
                    } else {
                        work(port);
                    }
                }

                private static void handOut(Path file) throws Exception {
                    int workers = System.getenv("AZ_BATCH_HOST_LIST").split(",").length - 1;
                    long sum = 0;
                    try (ServerSocket server = new ServerSocket(0)) {
                        Path written = Files.writeString(file.resolveSibling("port.new"), "" + server.getLocalPort());
                        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
                        for (int i = 0; i < workers; i++) {
                            try (Socket worker = server.accept();
                                    DataOutputStream out = new DataOutputStream(worker.getOutputStream());
                                    DataInputStream in = new DataInputStream(worker.getInputStream())) {
                                out.writeInt(i * 1000);
                                sum += in.readLong();
                            }
                        }
                    }
                    System.out.println("sum " + sum);
                }

                private static void work(Path file) throws Exception {
                    while (!Files.exists(file)) {
                        Thread.sleep(50);
                    }
                    String primary = System.getenv("AZ_BATCH_MASTER_NODE").split(":")[0];
                    try (Socket socket = new Socket(primary, Integer.parseInt(Files.readString(file)));
                            DataInputStream in = new DataInputStream(socket.getInputStream());
                            DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
                        int first = in.readInt();
                        long sum = 0;
                        for (int i = first; i < first + 1000; i++) {
                            sum += i;
                        }
                        System.out.println("worked on " + first);
                        out.writeLong(sum);
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private ResourceFile program(RunningEmulator emulator) throws IOException {
        ObjectStore objects = new BlobObjectStore(BlobStoreConfig.fromConnectionString(emulator.storage()));
        ContainerName programs = new ContainerName("programs");
        boolean unused = objects.createContainer(programs, Map.of());
        Path source = Files.writeString(folder.resolve("Sum.java"), PROGRAM);
        ObjectInfo stored = objects.put(new ObjectKey(programs, "Sum.java"), source, Map.of(), TransferListener.NONE);
        assertThat(stored.key().name()).isEqualTo("Sum.java");
        String url = objects.signContainer(programs, Set.of(AccessRight.READ, AccessRight.LIST), Duration.ofHours(1))
                .url()
                .toString();
        return new ResourceFile().withStorageContainerUrl(url);
    }

    /** The tasks meet there; they are no administrators, also when the emulator runs as root. */
    private Path exchange() {
        return folder.resolve("exchange");
    }

    private static void createPoolAndJob(BatchClient client) throws Exception {
        client.poolOperations()
                .createPool(new PoolAddParameter()
                        .withId("p")
                        .withVmSize("standard_d2s_v5")
                        .withTargetDedicatedNodes(NODES)
                        .withEnableInterNodeCommunication(true)
                        .withTaskSlotsPerNode(1)
                        .withVirtualMachineConfiguration(OfficialClient.ubuntu()));
        client.jobOperations().createJob("j", new PoolInformation().withPoolId("p"));
    }

    private TaskAddParameter task(ResourceFile program) {
        String java = "java $AZ_BATCH_TASK_SHARED_DIR/Sum.java ";
        return new TaskAddParameter()
                .withId("t")
                .withCommandLine("/bin/sh -c 'while [ ! -e " + exchange().resolve("go")
                        + " ]; do sleep 0.1; done; exec " + java + "primary'")
                .withEnvironmentSettings(List.of(new EnvironmentSetting()
                        .withName("PORT_FILE")
                        .withValue(exchange().resolve("port").toString())))
                .withMultiInstanceSettings(new MultiInstanceSettings()
                        .withNumberOfInstances(NODES)
                        .withCommonResourceFiles(List.of(program))
                        .withCoordinationCommandLine(
                                "/bin/sh -c '$AZ_BATCH_IS_CURRENT_NODE_MASTER || " + java + "worker &'"));
    }

    private static CloudTask await(BatchClient client, Predicate<CloudTask> condition) throws InterruptedException {
        return OfficialClient.await(
                "the task",
                PATIENCE,
                () -> Optional.of(client.taskOperations().getTask("j", "t")).filter(condition));
    }

    private static String output(BatchClient client, ComputeNodeInformation place) throws Exception {
        return file(client, place, "stdout.txt");
    }

    private static String file(BatchClient client, ComputeNodeInformation place, String name) throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        client.fileOperations()
                .getFileFromComputeNode(
                        place.poolId(), place.nodeId(), place.taskRootDirectory() + "/" + name, content);
        return content.toString(StandardCharsets.UTF_8);
    }

    @Test
    void subtasksWorkForThePrimaryAlsoAfterTheEmulatorWasKilled() throws Exception {
        Path exchange = Files.createDirectory(exchange());
        Files.setPosixFilePermissions(exchange, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (RunningEmulator emulator = RunningEmulator.start(folder)) {
            BatchClient client = new OfficialClient(emulator).batch();
            createPoolAndJob(client);
            client.taskOperations().createTask("j", task(program(emulator)));
            CloudTask running = await(client, task -> task.state() == TaskState.RUNNING);
            assertThat(running.multiInstanceSettings().numberOfInstances()).isEqualTo(NODES);
            assertThat(client.taskOperations().listSubtasks("j", "t"))
                    .extracting(SubtaskInformation::state)
                    .containsExactly(SubtaskState.RUNNING, SubtaskState.RUNNING);
            emulator.kill();
        }
        Files.createFile(exchange().resolve("go"));
        try (RunningEmulator emulator = RunningEmulator.start(folder)) {
            BatchClient client = new OfficialClient(emulator).batch();
            CloudTask ended = await(client, task -> task.state() == TaskState.COMPLETED);
            assertThat(ended.executionInfo().result())
                    .as(file(client, ended.nodeInfo(), "stderr.txt"))
                    .isEqualTo(TaskExecutionResult.SUCCESS);
            assertThat(ended.executionInfo().requeueCount()).isEqualTo(1);
            assertThat(output(client, ended.nodeInfo())).isEqualTo("sum 1999000\n");
            List<SubtaskInformation> subtasks = client.taskOperations().listSubtasks("j", "t");
            assertThat(subtasks).extracting(SubtaskInformation::id).containsExactly(1, 2);
            assertThat(List.of(
                            output(client, subtasks.get(0).nodeInfo()),
                            output(client, subtasks.get(1).nodeInfo())))
                    .containsExactlyInAnyOrder("worked on 0\n", "worked on 1000\n");
        }
    }
}
