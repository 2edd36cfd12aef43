package io.twinbatch.azure.storage;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.options.BlobDownloadToFileOptions;
import com.azure.storage.common.ParallelTransferOptions;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/** Brings one object into a file: written beside the target, moved into place when it is whole. */
final class BlobDownload {
    private static final long RANGE_BYTES = 8L << 20;
    private static final int PARALLEL_RANGES = 4;

    private final ObjectKey key;
    private final Path target;
    private final Path part;

    BlobDownload(ObjectKey key, Path target) {
        this.key = key;
        this.target = target.toAbsolutePath();
        this.part = this.target.resolveSibling(".twinbatch-" + UUID.randomUUID() + ".part");
    }

    ObjectInfo run(BlobClient blob, TransferListener listener) {
        if (Files.isDirectory(target)) {
            throw new BatchException(ErrorCode.INVALID, "object " + key, "the target " + target + " is a folder");
        }
        try {
            // Made first and by itself: what fails here is the folder's fault and not the store's.
            Files.createFile(part);
            BlobProperties properties = fetch(blob, listener);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new ObjectInfo(
                    key,
                    properties.getBlobSize(),
                    properties.getLastModified().toInstant(),
                    BlobMetadata.fromService(properties.getMetadata()));
        } catch (IOException e) {
            throw isFull(0)
                    ? full(e)
                    : new BatchException(
                            ErrorCode.INVALID,
                            "object " + key,
                            "the target " + target + " cannot be written: " + FailureReason.of(e),
                            e);
        } finally {
            removePart();
        }
    }

    private BlobProperties fetch(BlobClient blob, TransferListener listener) {
        BlobDownloadToFileOptions options = new BlobDownloadToFileOptions(part.toString())
                .setOpenOptions(Set.of(StandardOpenOption.WRITE, StandardOpenOption.READ))
                .setParallelTransferOptions(new ParallelTransferOptions()
                        .setBlockSizeLong(RANGE_BYTES)
                        .setMaxConcurrency(PARALLEL_RANGES)
                        .setProgressListener(new Progress(listener)));
        try {
            return blob.downloadToFileWithResponse(options, null, null).getValue();
        } catch (RuntimeException e) {
            if (!(e instanceof BlobStorageException) && isFull(RANGE_BYTES)) {
                throw full(e);
            }
            throw BlobErrors.translate("object " + key, e);
        }
    }

    /** Asked of the file system, because the words of the failure depend on the machine's language. */
    private boolean isFull(long needed) {
        try {
            return Files.getFileStore(part.getParent()).getUsableSpace() <= needed;
        } catch (IOException e) {
            return false;
        }
    }

    private BatchException full(Exception cause) {
        return new BatchException(
                ErrorCode.QUOTA, "object " + key, "the disk of " + target + " is full; make room and try again", cause);
    }

    private void removePart() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // What is left has a name that nothing else takes, and the call's own outcome is what matters.
            part.toFile().deleteOnExit();
        }
    }
}
