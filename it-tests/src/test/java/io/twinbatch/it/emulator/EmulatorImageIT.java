package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.azure.batch.protocol.models.CloudTask;
import com.microsoft.azure.batch.protocol.models.OutputFile;
import com.microsoft.azure.batch.protocol.models.OutputFileBlobContainerDestination;
import com.microsoft.azure.batch.protocol.models.OutputFileDestination;
import com.microsoft.azure.batch.protocol.models.OutputFileUploadCondition;
import com.microsoft.azure.batch.protocol.models.OutputFileUploadOptions;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.ResourceFile;
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
import io.twinbatch.local.emulator.EmulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients on this machine use the emulator in a container; skipped where no engine has the images that it begins with. */
@Timeout(600)
@Tag("long")
class EmulatorImageIT {
    private static final int ENDED_BY_SIGTERM = 143;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ContainerName FILES = new ContainerName("files");

    @TempDir
    private Path folder;

    private final String volume = "twinbatch-it-" + UUID.randomUUID();

    @BeforeAll
    static void buildImage() {
        assumeTrue(EmulatorContainer.isPossible(), "no Docker engine answers, or it has no images to begin with");
        EmulatorContainer.buildImage();
    }

    @AfterAll
    static void removeImage() {
        if (EmulatorContainer.isPossible()) {
            EmulatorContainer.removeImage();
        }
    }

    @AfterEach
    void removeVolume() {
        EmulatorContainer.removeVolume(volume);
    }

    private static OfficialClient client(EmulatorContainer emulator) {
        return new OfficialClient(emulator.endpoint(), emulator.account(), emulator.key());
    }

    private static ObjectStore objects(EmulatorContainer emulator) {
        return new BlobObjectStore(BlobStoreConfig.fromConnectionString(emulator.storage()));
    }

    private static void createPoolAndJob(OfficialClient client) throws Exception {
        client.batch().poolOperations().createPool("p", "standard_d2s_v5", OfficialClient.ubuntu(), 1);
        client.batch().jobOperations().createJob("j", new PoolInformation().withPoolId("p"));
    }

    private void store(ObjectStore objects, String name, String content) throws IOException {
        boolean unused = objects.createContainer(FILES, Map.of());
        Path file = Files.writeString(folder.resolve(name), content);
        ObjectInfo stored = objects.put(new ObjectKey(FILES, name), file, Map.of(), TransferListener.NONE);
        assertThat(stored.key().name()).isEqualTo(name);
    }

    private String stored(ObjectStore objects, String name) throws IOException {
        Path target = folder.resolve("fetched");
        ObjectInfo unused = objects.get(new ObjectKey(FILES, name), target, TransferListener.NONE);
        return Files.readString(target);
    }

    private static String url(ObjectStore objects, AccessRight... rights) {
        return objects.signContainer(FILES, Set.of(rights), HOUR).url().toString();
    }

    /** A task that reads and writes signed URLs, and asks the emulator at the URL in its environment. */
    private static TaskAddParameter task(ObjectStore objects) {
        OutputFile output = new OutputFile()
                .withFilePattern("out.txt")
                .withUploadOptions(
                        new OutputFileUploadOptions().withUploadCondition(OutputFileUploadCondition.TASK_SUCCESS))
                .withDestination(new OutputFileDestination()
                        .withContainer(new OutputFileBlobContainerDestination()
                                .withContainerUrl(url(objects, AccessRight.CREATE, AccessRight.WRITE))
                                .withPath("out.txt")));
        return new TaskAddParameter()
                .withId("t")
                .withCommandLine("/bin/sh -c 'cat in.txt; id -u; node health.js > out.txt'")
                .withResourceFiles(List.of(
                        new ResourceFile().withStorageContainerUrl(url(objects, AccessRight.READ, AccessRight.LIST))))
                .withOutputFiles(List.of(output));
    }

    @Test
    void aClientOfThisMachineRunsATaskOnFilesOfTheStorageAccount() throws Exception {
        try (EmulatorContainer emulator = EmulatorContainer.start(volume)) {
            ObjectStore objects = objects(emulator);
            store(objects, "in.txt", "from outside\n");
            store(
                    objects,
                    "health.js",
                    "fetch(process.env.AZ_BATCH_ACCOUNT_URL + '/health').then(answer => console.log(answer.status))");
            OfficialClient client = client(emulator);
            createPoolAndJob(client);

            client.batch().taskOperations().createTask("j", task(objects));
            CloudTask task = client.ended("j", "t");

            assertThat(task.executionInfo().result())
                    .as(client.file("j", "t", "stderr.txt"))
                    .isEqualTo(TaskExecutionResult.SUCCESS);
            assertThat(client.file("j", "t", "stdout.txt"))
                    .as("its input, and a user that is not root")
                    .isEqualTo("from outside\n1000\n");
            assertThat(stored(objects, "out.txt")).isEqualTo("200\n");
            emulator.awaitHealth();
        }
    }

    @Test
    void itEndsInOrderAndGoesOnWithItsVolume() throws Exception {
        String key;
        try (EmulatorContainer emulator = EmulatorContainer.start(volume)) {
            key = emulator.key();
            store(objects(emulator), "kept.txt", "kept\n");
            OfficialClient client = client(emulator);
            createPoolAndJob(client);
            client.batch()
                    .taskOperations()
                    .createTask("j", new TaskAddParameter().withId("endless").withCommandLine("sleep 100000"));
            TaskState running = OfficialClient.await(
                    "the task's start",
                    () -> Optional.of(client.batch()
                                    .taskOperations()
                                    .getTask("j", "endless")
                                    .state())
                            .filter(state -> state == TaskState.RUNNING));
            assertThat(running).isEqualTo(TaskState.RUNNING);

            assertThat(emulator.stop()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(emulator.said()).contains("stopping the emulator");
        }
        try (EmulatorContainer emulator = EmulatorContainer.start(volume)) {
            assertThat(emulator.key()).isEqualTo(key).isNotEqualTo(EmulatorConfig.DEFAULT_KEY);
            assertThat(stored(objects(emulator), "kept.txt")).isEqualTo("kept\n");
            assertThat(client(emulator).batch().taskOperations().listTasks("j"))
                    .extracting(CloudTask::id)
                    .containsExactly("endless");
        }
    }
}
