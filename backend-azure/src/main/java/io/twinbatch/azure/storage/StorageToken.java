package io.twinbatch.azure.storage;

import com.azure.core.credential.TokenCredential;
import java.util.Objects;

/**
 * An identity of Microsoft Entra ID. It needs the role <em>Storage Blob Data Contributor</em> on the storage account,
 * which also lets it fetch the keys with which URLs are signed.
 *
 * @param credential fetches tokens
 * @param shortens whether a signed URL that is to live longer than such a key gets the longest lifetime that there is,
 *     instead of being refused; for those whose nodes need no signed URL
 */
public record StorageToken(TokenCredential credential, boolean shortens) implements StorageCredential {
    public StorageToken {
        Objects.requireNonNull(credential, "credential");
    }

    /** An identity whose signed URLs live as long as they are asked to. */
    public StorageToken(TokenCredential credential) {
        this(credential, false);
    }

    @Override
    public String toString() {
        return "Microsoft Entra ID";
    }
}
