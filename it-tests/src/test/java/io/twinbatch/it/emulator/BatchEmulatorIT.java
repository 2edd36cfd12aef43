package io.twinbatch.it.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import io.twinbatch.local.EmulatorAccounts;
import io.twinbatch.local.testing.BatchEmulator;
import io.twinbatch.local.testing.TemporaryEmulator;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The emulator in a test class, with the official client and the one of Blob Storage. */
@BatchEmulator
@Timeout(90)
class BatchEmulatorIT {
    private final EmulatorAccounts accounts;

    BatchEmulatorIT(EmulatorAccounts accounts) {
        this.accounts = accounts;
    }

    private static BatchClient client(EmulatorAccounts accounts) {
        return BatchClient.open(new BatchSharedKeyCredentials(
                accounts.batchEndpoint().toString(), accounts.batchAccount(), accounts.batchKey()));
    }

    @Test
    void clientsOfBothAccountsReachThem(EmulatorAccounts given) throws Exception {
        assertThat(given).isEqualTo(accounts);
        assertThat(client(given).accountOperations().listSupportedImages()).isNotEmpty();
        assertThat(new BlobServiceClientBuilder()
                        .connectionString(given.storageConnectionString())
                        .buildClient()
                        .createBlobContainerIfNotExists("mine")
                        .exists())
                .isTrue();
    }

    @Nested
    class NestedTests {
        @Test
        void shareTheEmulatorOfTheClassAroundThem(EmulatorAccounts given) {
            assertThat(given).isEqualTo(accounts);
        }
    }

    @Test
    void eachOneIsByItselfAndGoneWhenItIsClosed() throws Exception {
        URI endpoint;
        try (TemporaryEmulator other = TemporaryEmulator.start()) {
            endpoint = other.accounts().batchEndpoint();
            assertThat(endpoint).isNotEqualTo(accounts.batchEndpoint());
            assertThat(client(other.accounts()).poolOperations().listPools()).isEmpty();
        }
        assertThat(connect(endpoint)).isFalse();
    }

    private static boolean connect(URI endpoint) throws Exception {
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    @Test
    void theAccountsShowNoKey() {
        assertThat(accounts.toString()).doesNotContain(accounts.batchKey(), "AccountKey");
    }
}
