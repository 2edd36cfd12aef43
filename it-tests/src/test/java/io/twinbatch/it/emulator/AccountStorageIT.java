package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.protocol.models.CloudTask;
import com.microsoft.azure.batch.protocol.models.ComputeNodeIdentityReference;
import com.microsoft.azure.batch.protocol.models.OutputFile;
import com.microsoft.azure.batch.protocol.models.OutputFileBlobContainerDestination;
import com.microsoft.azure.batch.protocol.models.OutputFileDestination;
import com.microsoft.azure.batch.protocol.models.OutputFileUploadCondition;
import com.microsoft.azure.batch.protocol.models.OutputFileUploadOptions;
import com.microsoft.azure.batch.protocol.models.PoolInformation;
import com.microsoft.azure.batch.protocol.models.ResourceFile;
import com.microsoft.azure.batch.protocol.models.TaskAddParameter;
import com.microsoft.azure.batch.protocol.models.TaskExecutionResult;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of the service's own Java client reach the storage account without signed URLs. */
@Timeout(90)
class AccountStorageIT {
    private static final ContainerName CONTAINER = new ContainerName("material");
    private static final ComputeNodeIdentityReference IDENTITY = new ComputeNodeIdentityReference()
            .withResourceId("/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity"
                    + "/userAssignedIdentities/nodes");

    @TempDir
    private static Path folder;

    private static RunningEmulator emulator;
    private static OfficialClient client;
    private static ObjectStore objects;
    private static String container;

    @BeforeAll
    static void start() throws Exception {
        emulator = RunningEmulator.start(folder.resolve("state"));
        BlobStoreConfig storage = BlobStoreConfig.fromConnectionString(emulator.storage());
        objects = new BlobObjectStore(storage);
        container = storage.endpoint() + "/" + CONTAINER;
        objects.createContainer(CONTAINER, Map.of());
        for (String name : List.of("a b/one.txt", "a b/two.txt", "other.txt")) {
            Path file = Files.writeString(folder.resolve("file"), "this is " + name + "\n");
            objects.put(new ObjectKey(CONTAINER, name), file, Map.of(), TransferListener.NONE);
        }
        client = new OfficialClient(emulator);
        client.batch().poolOperations().createPool("p", "standard_d2s_v5", OfficialClient.ubuntu(), 1);
        client.batch().jobOperations().createJob("j", new PoolInformation().withPoolId("p"));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static CloudTask run(TaskAddParameter task) throws Exception {
        client.batch().taskOperations().createTask("j", task);
        return client.ended("j", task.id());
    }

    @Test
    void filesComeFromTheStorageAccountOfTheBatchAccount() throws Exception {
        CloudTask task = run(new TaskAddParameter()
                .withId("auto")
                .withCommandLine("/bin/sh -c \"cat in/*/*.txt; ls in\"")
                .withResourceFiles(List.of(new ResourceFile()
                        .withAutoStorageContainerName(CONTAINER.value())
                        .withBlobPrefix("a b/")
                        .withFilePath("in"))));
        assertThat(client.file("j", "auto", "stdout.txt")).isEqualTo("this is a b/one.txt\nthis is a b/two.txt\na b\n");
        ResourceFile shown = task.resourceFiles().get(0);
        assertThat(shown.autoStorageContainerName()).isEqualTo(CONTAINER.value());
        assertThat(shown.storageContainerUrl()).isNull();
    }

    @Test
    void anIdentityReadsAndWritesWithoutSignatures() throws Exception {
        OutputFile result = new OutputFile()
                .withFilePattern("result.txt")
                .withUploadOptions(
                        new OutputFileUploadOptions().withUploadCondition(OutputFileUploadCondition.TASK_SUCCESS))
                .withDestination(new OutputFileDestination()
                        .withContainer(new OutputFileBlobContainerDestination()
                                .withContainerUrl(container)
                                .withPath("results/of identity.txt")
                                .withIdentityReference(IDENTITY)));
        CloudTask task = run(new TaskAddParameter()
                .withId("identity")
                .withCommandLine("/bin/sh -c \"cat one.txt all/other.txt > result.txt\"")
                .withResourceFiles(List.of(
                        new ResourceFile()
                                .withHttpUrl(container + "/a%20b/one.txt")
                                .withFilePath("one.txt")
                                .withIdentityReference(IDENTITY),
                        new ResourceFile()
                                .withStorageContainerUrl(container)
                                .withBlobPrefix("other")
                                .withFilePath("all")
                                .withIdentityReference(IDENTITY)))
                .withOutputFiles(List.of(result)));
        assertThat(task.executionInfo().result()).isEqualTo(TaskExecutionResult.SUCCESS);
        Path stored = folder.resolve("stored");
        objects.get(new ObjectKey(CONTAINER, "results/of identity.txt"), stored, TransferListener.NONE);
        assertThat(stored).hasContent("this is a b/one.txt\nthis is other.txt\n");
        assertThat(task.resourceFiles().get(0).httpUrl()).isEqualTo(container + "/a%20b/one.txt");
        assertThat(task.resourceFiles().get(0).identityReference().resourceId()).isEqualTo(IDENTITY.resourceId());
    }

    @Test
    void aUrlWithNeitherSignatureNorIdentityIsRefused() throws Exception {
        CloudTask task = run(new TaskAddParameter()
                .withId("unsigned")
                .withCommandLine("true")
                .withResourceFiles(List.of(
                        new ResourceFile().withHttpUrl(container + "/other.txt").withFilePath("f"))));
        assertThat(task.executionInfo().result()).isEqualTo(TaskExecutionResult.FAILURE);
        assertThat(task.executionInfo().failureInfo().code()).isEqualTo("BlobAccessDenied");
    }

    @Test
    void aContainerThatIsNotThereFailsTheTask() throws Exception {
        CloudTask task = run(new TaskAddParameter()
                .withId("missing")
                .withCommandLine("true")
                .withResourceFiles(List.of(new ResourceFile().withAutoStorageContainerName("missing"))));
        assertThat(task.executionInfo().failureInfo().code()).isEqualTo("BlobNotFound");
    }
}
