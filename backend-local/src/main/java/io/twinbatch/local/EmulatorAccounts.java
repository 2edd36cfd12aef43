package io.twinbatch.local;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The accounts of an emulator, as a client of Azure Batch and of Blob Storage needs them.
 *
 * @param batchEndpoint the beginning of all URLs of the Batch account
 * @param batchAccount the name of the Batch account
 * @param batchKey the key of the Batch account, in base64
 * @param storageConnectionString the storage account, with its key
 */
public record EmulatorAccounts(
        URI batchEndpoint, String batchAccount, String batchKey, String storageConnectionString) {
    public EmulatorAccounts {
        Objects.requireNonNull(batchEndpoint, "batchEndpoint");
        Objects.requireNonNull(batchAccount, "batchAccount");
        Objects.requireNonNull(batchKey, "batchKey");
        Objects.requireNonNull(storageConnectionString, "storageConnectionString");
    }

    /** The variables that tell programs of these accounts, in the order in which a person reads them. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AZURE_BATCH_ACCOUNT", batchAccount);
        variables.put("AZURE_BATCH_ACCESS_KEY", batchKey);
        variables.put("AZURE_BATCH_ENDPOINT", batchEndpoint.toString());
        variables.put("AZURE_STORAGE_CONNECTION_STRING", storageConnectionString);
        return variables;
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return "EmulatorAccounts[batchEndpoint=" + batchEndpoint + ", batchAccount=" + batchAccount + "]";
    }
}
