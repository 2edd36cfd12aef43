package io.twinbatch.azure.storage;

import com.azure.core.credential.TokenCredential;
import java.util.Objects;

/**
 * An identity of Microsoft Entra ID. It needs the role <em>Storage Blob Data Contributor</em> on the storage account,
 * which also lets it fetch the keys with which URLs are signed.
 *
 * @param credential fetches tokens
 */
public record StorageToken(TokenCredential credential) implements StorageCredential {
    public StorageToken {
        Objects.requireNonNull(credential, "credential");
    }

    @Override
    public String toString() {
        return "Microsoft Entra ID";
    }
}
