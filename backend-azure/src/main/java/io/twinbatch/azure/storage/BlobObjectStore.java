package io.twinbatch.azure.storage;

import com.azure.core.http.HttpClient;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import com.azure.storage.blob.models.BlobContainerItem;
import com.azure.storage.blob.models.BlobContainerListDetails;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobContainersOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.SourceFile;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.azure.connection.HttpConnections;
import io.twinbatch.azure.connection.TranslatingIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Objects in Azure Blob Storage, or in an emulator that speaks its protocol: which of them is a matter of {@link
 * BlobStoreConfig} alone. Objects are block blobs. Making one of these costs nothing; the client library is loaded at
 * the first call that goes over the network.
 */
public final class BlobObjectStore implements ObjectStore {
    private static final long BLOCK_BYTES = 4L << 20;
    private static final int PARALLEL_BLOCKS = 4;
    private static final int MIN_READ_BYTES = 1 << 14;
    private static final int MAX_READ_BYTES = 1 << 20;

    /** <a href="https://learn.microsoft.com/azure/storage/blobs/scalability-targets">Limit of the service</a>. */
    private static final long MAX_BLOCKS = 50_000;

    private static final String BEING_DELETED = "ContainerBeingDeleted";

    private final BlobStoreConfig config;
    private final BlobConnection connection;
    private final BlobSas sas;

    /** A store with an HTTP client of its own. */
    public BlobObjectStore(BlobStoreConfig config) {
        this(config, HttpConnections::open, Clock.systemUTC());
    }

    /**
     * A store that shares an HTTP client.
     *
     * @param httpClient asked for the client once, when it is first needed
     * @param clock decides when a signed URL expires
     */
    public BlobObjectStore(BlobStoreConfig config, Supplier<HttpClient> httpClient, Clock clock) {
        this.config = config;
        this.connection = new BlobConnection(config, httpClient);
        this.sas = new BlobSas(config, BlobConnection.VERSION, signer(config, connection, clock), clock);
    }

    private static SasSigner signer(BlobStoreConfig config, BlobConnection connection, Clock clock) {
        if (config.credential() instanceof AccountKey key) {
            return new AccountKeySigner(key);
        }
        boolean shortens = config.credential() instanceof StorageToken token && token.shortens();
        // Without a beginning, so that a clock that is ahead does not matter.
        return new DelegationKeySigner(
                new DelegationKeys(end -> connection.service().getUserDelegationKey(null, end), clock), shortens);
    }

    @Override
    public boolean createContainer(ContainerName container, Map<String, String> metadata) {
        String resource = "container " + container;
        Map<String, String> checked = BlobMetadata.checked(resource, metadata);
        return call(
                resource,
                Set.of("ContainerAlreadyExists"),
                () -> connection.container(container).createWithResponse(checked, null, null, Context.NONE));
    }

    @Override
    public boolean deleteContainer(ContainerName container) {
        return call(
                "container " + container,
                Set.of("ContainerNotFound", BEING_DELETED),
                () -> connection.container(container).deleteWithResponse(null, null, Context.NONE));
    }

    @Override
    public boolean containerExists(ContainerName container) {
        return call(
                "container " + container,
                Set.of("ContainerNotFound", BEING_DELETED),
                () -> connection.container(container).getProperties());
    }

    @Override
    public Stream<ContainerInfo> listContainers(String prefix) {
        ListBlobContainersOptions options = new ListBlobContainersOptions()
                .setPrefix(prefix.isEmpty() ? null : prefix)
                .setMaxResultsPerPage(config.pageSize())
                .setDetails(new BlobContainerListDetails().setRetrieveMetadata(true));
        return stream("containers", () -> connection.service().listBlobContainers(options, null))
                .filter(BlobObjectStore::hasLegalName)
                .map(BlobObjectStore::info);
    }

    @Override
    public ObjectInfo put(ObjectKey key, Path source, Map<String, String> metadata, TransferListener listener) {
        return put(key, SourceFile.open("object " + key, source), metadata, listener);
    }

    @Override
    public ObjectInfo putPart(
            ObjectKey key, Path source, FileRange range, Map<String, String> metadata, TransferListener listener) {
        return put(key, SourceFile.open("object " + key, source, range), metadata, listener);
    }

    private ObjectInfo put(ObjectKey key, SourceFile source, Map<String, String> metadata, TransferListener listener) {
        String resource = "object " + key;
        try (SourceFile file = source) {
            Map<String, String> checked = BlobMetadata.checked(resource, metadata);
            long size = file.listedSize();
            ParallelTransferOptions transfer = new ParallelTransferOptions()
                    .setBlockSizeLong(Math.max(BLOCK_BYTES, (size + MAX_BLOCKS - 1) / MAX_BLOCKS))
                    .setMaxSingleUploadSizeLong(BLOCK_BYTES)
                    .setMaxConcurrency(PARALLEL_BLOCKS)
                    .setProgressListener(new Progress(listener));
            // The client commits the blocks after the end of the stream, which a changed file has not.
            BlobParallelUploadOptions options = new BlobParallelUploadOptions(
                            FluxUtil.toFluxByteBuffer(file, readBytes(size)))
                    .setParallelTransferOptions(transfer)
                    .setMetadata(checked);
            BlockBlobItem stored = call(
                    resource,
                    () -> connection
                            .blob(key)
                            .uploadWithResponse(options, null, Context.NONE)
                            .getValue());
            return new ObjectInfo(
                    key, file.count(), stored.getLastModified().toInstant(), checked, Optional.of(file.sha256()));
        } catch (IOException e) {
            throw new BatchException(ErrorCode.INVALID, resource, "its source cannot be closed", e);
        }
    }

    /** How much is read at a time: a small file needs no large buffer. */
    private static int readBytes(long listedSize) {
        return (int) Math.max(MIN_READ_BYTES, Math.min(MAX_READ_BYTES, listedSize));
    }

    @Override
    public ObjectInfo get(ObjectKey key, Path target, TransferListener listener) {
        return call("object " + key, () -> new BlobDownload(key, target).run(connection.blob(key), listener));
    }

    @Override
    public Stream<ObjectInfo> list(ContainerName container, String prefix) {
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(prefix.isEmpty() ? null : prefix)
                .setMaxResultsPerPage(config.pageSize());
        return stream(
                        "container " + container,
                        () -> connection.container(container).listBlobs(options, null))
                .map(item -> info(container, item));
    }

    @Override
    public Optional<ObjectInfo> head(ObjectKey key) {
        try {
            BlobProperties found = connection.blob(key).getProperties();
            return Optional.of(new ObjectInfo(
                    key,
                    found.getBlobSize(),
                    found.getLastModified().toInstant(),
                    BlobMetadata.fromService(found.getMetadata())));
        } catch (RuntimeException e) {
            BatchException failure = BlobErrors.translate("object " + key, e);
            if (failure.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public boolean delete(ObjectKey key) {
        return call(
                "object " + key,
                Set.of("BlobNotFound", "ContainerNotFound", BEING_DELETED),
                () -> connection
                        .blob(key)
                        .deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE));
    }

    @Override
    public SignedUrl signRead(ObjectKey key, Duration lifetime) {
        return sas.read(key, lifetime);
    }

    @Override
    public SignedUrl signContainer(ContainerName container, Set<AccessRight> rights, Duration lifetime) {
        return sas.container(container, rights, lifetime);
    }

    private static <T> T call(String resource, Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            throw BlobErrors.translate(resource, e);
        }
    }

    /** Whether the action was done; false when the service says one of the codes that mean it had nothing to do. */
    private static boolean call(String resource, Set<String> nothingToDo, Runnable action) {
        try {
            action.run();
            return true;
        } catch (BlobStorageException e) {
            if (nothingToDo.contains(BlobErrors.serviceCode(e))) {
                return false;
            }
            throw BlobErrors.translate(resource, e);
        } catch (RuntimeException e) {
            throw BlobErrors.translate(resource, e);
        }
    }

    private static <T> Stream<T> stream(String resource, Supplier<PagedIterable<T>> listing) {
        return call(
                resource,
                () -> new TranslatingIterator<>(listing.get().iterator(), e -> BlobErrors.translate(resource, e))
                        .stream());
    }

    /** The service has containers of its own, such as {@code $logs}, that no caller made or may use. */
    private static boolean hasLegalName(BlobContainerItem item) {
        return !item.getName().startsWith("$");
    }

    private static ContainerInfo info(BlobContainerItem item) {
        return new ContainerInfo(
                new ContainerName(item.getName()),
                item.getProperties().getLastModified().toInstant(),
                BlobMetadata.fromService(item.getMetadata()));
    }

    private static ObjectInfo info(ContainerName container, BlobItem item) {
        return new ObjectInfo(
                new ObjectKey(container, item.getName()),
                item.getProperties().getContentLength(),
                item.getProperties().getLastModified().toInstant(),
                Map.of());
    }
}
