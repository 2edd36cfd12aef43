package io.twinbatch.it.azure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobStoreConfig;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The account of Azure that the environment names, by the names that the Azure CLI reads. */
final class RealAccount {
    private static final List<String> BATCH =
            List.of("AZURE_BATCH_ACCOUNT", "AZURE_BATCH_ACCESS_KEY", "AZURE_BATCH_ENDPOINT");
    private static final List<String> STORAGE = List.of("AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_KEY");
    private static final String CONNECTION_STRING = "AZURE_STORAGE_CONNECTION_STRING";

    private RealAccount() {}

    /** The backend on that account; the test is skipped, and says why, when the environment names none. */
    static AzureFixture open() {
        Map<String, String> environment = System.getenv();
        List<String> missing = BATCH.stream().filter(name -> !isSet(name)).toList();
        assumeTrue(
                missing.isEmpty(),
                () -> "not run against Azure: " + String.join(", ", missing) + " not set in the environment");
        return new AzureFixture(
                new BatchEndpoint(batchUrl(environment.get("AZURE_BATCH_ENDPOINT"))),
                new BatchCredential.SharedKey(
                        environment.get("AZURE_BATCH_ACCOUNT"), environment.get("AZURE_BATCH_ACCESS_KEY")),
                blobs(),
                AzureFixture.Surroundings.CLOUD,
                () -> {});
    }

    private static boolean isSet(String name) {
        String value = System.getenv(name);
        return value != null && !value.isBlank();
    }

    /** The portal shows the endpoint without its scheme. */
    private static URI batchUrl(String endpoint) {
        return URI.create(endpoint.contains("://") ? endpoint : "https://" + endpoint);
    }

    /** The blob store of the account that the environment names; the test is skipped when it names none. */
    static BlobStoreConfig blobs() {
        Map<String, String> environment = System.getenv();
        assumeTrue(
                isSet(CONNECTION_STRING) || STORAGE.stream().allMatch(RealAccount::isSet),
                () -> "not run against Azure: neither " + CONNECTION_STRING + " nor " + String.join(" and ", STORAGE)
                        + " set in the environment");
        if (isSet(CONNECTION_STRING)) {
            return BlobStoreConfig.fromConnectionString(environment.get(CONNECTION_STRING));
        }
        String account = environment.get("AZURE_STORAGE_ACCOUNT");
        return new BlobStoreConfig(
                URI.create("https://" + account + ".blob.core.windows.net"),
                account,
                new AccountKey(environment.get("AZURE_STORAGE_KEY")));
    }
}
