package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.protocol.models.BatchErrorException;
import com.microsoft.azure.batch.protocol.models.ComputeNodeGetRemoteLoginSettingsResult;
import com.microsoft.azure.batch.protocol.models.ComputeNodeState;
import com.microsoft.azure.batch.protocol.models.ComputeNodeUser;
import com.microsoft.azure.batch.protocol.models.UploadBatchServiceLogsResult;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.joda.time.DateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service's own Java client gets at nodes: user accounts, remote login, logs. */
@Timeout(90)
class NodeAccessIT {
    private static final String POOL = "p";

    @TempDir
    private static Path folder;

    private static RunningEmulator emulator;
    private static BatchClient client;
    private static String node;

    @BeforeAll
    static void start() throws Exception {
        emulator = RunningEmulator.start(folder);
        client = new OfficialClient(emulator).batch();
        client.poolOperations().createPool(POOL, "standard_d2s_v5", OfficialClient.ubuntu(), 1);
        node = OfficialClient.await(
                "the node",
                () -> client.computeNodeOperations().listComputeNodes(POOL).stream()
                        .filter(found -> found.state() == ComputeNodeState.IDLE)
                        .map(found -> found.id())
                        .findFirst());
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    private static Consumer<BatchErrorException> code(String code) {
        return error -> assertThat(error.body().code()).isEqualTo(code);
    }

    @Test
    void aUserIsAddedChangedAndDeleted() throws Exception {
        ComputeNodeUser user = new ComputeNodeUser().withName("anna").withPassword("Pass-w0rd");
        client.computeNodeOperations().addComputeNodeUser(POOL, node, user);
        assertThatThrownBy(() -> client.computeNodeOperations().addComputeNodeUser(POOL, node, user))
                .isInstanceOfSatisfying(BatchErrorException.class, code("NodeUserExists"));
        client.computeNodeOperations()
                .updateComputeNodeUser(
                        POOL, node, "anna", "other", DateTime.now().plusDays(2));
        client.computeNodeOperations().deleteComputeNodeUser(POOL, node, "anna");
        assertThatThrownBy(() -> client.computeNodeOperations().deleteComputeNodeUser(POOL, node, "anna"))
                .isInstanceOfSatisfying(BatchErrorException.class, code("NodeUserNotFound"));
    }

    @Test
    void remoteLoginIsAtThisMachine() throws Exception {
        ComputeNodeGetRemoteLoginSettingsResult settings =
                client.computeNodeOperations().getComputeNodeRemoteLoginSettings(POOL, node);
        assertThat(settings.remoteLoginIPAddress()).isEqualTo("127.0.0.1");
        assertThat(settings.remoteLoginPort()).isEqualTo(50_000);
    }

    @Test
    void logsReachTheStorageAccount() throws Exception {
        ObjectStore objects = new BlobObjectStore(BlobStoreConfig.fromConnectionString(emulator.storage()));
        ContainerName logs = new ContainerName("logs");
        boolean unused = objects.createContainer(logs, Map.of());
        String url = objects.signContainer(logs, Set.of(AccessRight.WRITE), Duration.ofHours(1))
                .url()
                .toString();
        UploadBatchServiceLogsResult result = client.computeNodeOperations()
                .uploadBatchServiceLogs(POOL, node, url, DateTime.now().minusHours(1));
        assertThat(objects.list(logs, result.virtualDirectoryName() + "/"))
                .hasSize(result.numberOfFilesUploaded())
                .isNotEmpty();
        assertThatThrownBy(() -> client.computeNodeOperations()
                        .uploadBatchServiceLogs(
                                POOL,
                                node,
                                url.replace("sig=", "sig=0"),
                                DateTime.now().minusHours(1)))
                .isInstanceOfSatisfying(BatchErrorException.class, code("InvalidPropertyValue"));
    }
}
