package io.twinbatch.azure.batch;

import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.azure.ManagedIdentity;
import io.twinbatch.azure.client.model.FileModel.BatchResourceFile;
import io.twinbatch.azure.client.model.FileModel.OutputContainer;
import io.twinbatch.azure.client.model.NameValue;
import io.twinbatch.azure.client.model.UserModel.IdentityReference;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How nodes reach objects: by the signatures in their URLs, or, in one storage account, by a managed identity. The service
 * recommends <a
 * href="https://learn.microsoft.com/azure/batch/resource-files#storage-container-url">identities</a>; then no request holds
 * a signature, and nothing expires.
 */
public final class ObjectAccess {
    /** By signatures alone. */
    public static final ObjectAccess SIGNED = new ObjectAccess(Optional.empty(), "");

    /** The service sets it by itself for what it uploads. */
    private static final String BLOB_TYPE = "x-ms-blob-type";

    private final Optional<ManagedIdentity> identity;
    private final String account;

    private ObjectAccess(Optional<ManagedIdentity> identity, String account) {
        this.identity = identity;
        this.account = account;
    }

    /**
     * By an identity.
     *
     * @param identity the nodes have it, and it may read and write the storage account
     * @param account the URL of the account's blob service, without a slash at the end
     */
    public static ObjectAccess by(ManagedIdentity identity, URI account) {
        return new ObjectAccess(Optional.of(identity), account + "/");
    }

    List<BatchResourceFile> resourceFiles(List<ResourceFile> files) {
        return files.isEmpty()
                ? null
                : files.stream()
                        .map(file -> new BatchResourceFile(
                                url(file.source()), null, null, file.path(), null, identity(file.source())))
                        .toList();
    }

    OutputContainer container(OutputFile file) {
        return new OutputContainer(
                url(file.container()),
                file.path().isEmpty() ? null : file.path(),
                uploadHeaders(file.container().headers()),
                identity(file.container()));
    }

    private boolean isByIdentity(SignedUrl url) {
        return identity.isPresent() && url.withoutSecret().startsWith(account);
    }

    private String url(SignedUrl url) {
        return isByIdentity(url) ? url.withoutSecret() : url.url().toString();
    }

    private IdentityReference identity(SignedUrl url) {
        return isByIdentity(url) ? new IdentityReference(identity.orElseThrow().resourceId()) : null;
    }

    private static List<NameValue> uploadHeaders(Map<String, String> headers) {
        Map<String, String> needed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        needed.putAll(headers);
        needed.remove(BLOB_TYPE);
        return CommonMapping.pairs(needed);
    }
}
