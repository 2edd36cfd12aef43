package io.twinbatch.local.runs;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.workflow.resume.RunRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object store that keeps the records of runs in files too. The store behind it may acknowledge what is not on its
 * disk yet, and then a power cut would lose the only record of the run, while its tasks are on the disk.
 */
public final class RunRecordStore implements ObjectStore {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecordStore.class);

    private final ObjectStore store;
    private final RunRecordFiles files;

    private RunRecordStore(ObjectStore store, RunRecordFiles files) {
        this.store = store;
        this.files = files;
    }

    /** Keeps the records of a store in files, and brings back the records that the store has lost. */
    public static RunRecordStore open(ObjectStore store, RunRecordFiles files) {
        RunRecordStore keeping = new RunRecordStore(store, files);
        files.containers().forEach(keeping::bringBack);
        return keeping;
    }

    /** The file is never older than the object: it is written first. */
    private void bringBack(ContainerName container) {
        try {
            Path file = Files.createTempFile("twinbatch-record-", ".tmp");
            try {
                store.createContainer(container, files.copy(container, file));
                store.put(RunRecords.keyIn(container), file, Map.of(), TransferListener.NONE);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException | BatchException e) {
            LOG.warn(
                    "The record of the run in container {} cannot be brought back: {}", container, FailureReason.of(e));
        }
    }

    @Override
    public ObjectInfo put(ObjectKey key, Path source, Map<String, String> metadata, TransferListener listener) {
        if (RunRecords.isRecord(key)) {
            keep(key.container(), source);
        }
        return store.put(key, source, metadata, listener);
    }

    /** A record is never a part of a file. */
    @Override
    public ObjectInfo putPart(
            ObjectKey key, Path source, FileRange range, Map<String, String> metadata, TransferListener listener) {
        return store.putPart(key, source, range, metadata, listener);
    }

    /** In a container that is not there the store refuses it. */
    private void keep(ContainerName container, Path source) {
        Optional<Map<String, String>> metadata;
        try (Stream<ContainerInfo> found = store.listContainers(container.value())) {
            metadata = found.filter(info -> info.name().equals(container))
                    .map(ContainerInfo::metadata)
                    .findFirst();
        }
        if (metadata.isPresent()) {
            files.save(container, metadata.get(), read(source));
        }
    }

    private static byte[] read(Path source) {
        try {
            return Files.readAllBytes(source);
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "file " + source, "it cannot be read: " + FailureReason.of(e), e);
        }
    }

    @Override
    public boolean deleteContainer(ContainerName container) {
        files.delete(container);
        return store.deleteContainer(container);
    }

    @Override
    public boolean delete(ObjectKey key) {
        if (RunRecords.isRecord(key)) {
            files.delete(key.container());
        }
        return store.delete(key);
    }

    @Override
    public boolean createContainer(ContainerName container, Map<String, String> metadata) {
        return store.createContainer(container, metadata);
    }

    @Override
    public boolean containerExists(ContainerName container) {
        return store.containerExists(container);
    }

    @Override
    public Stream<ContainerInfo> listContainers(String prefix) {
        return store.listContainers(prefix);
    }

    @Override
    public ObjectInfo get(ObjectKey key, Path target, TransferListener listener) {
        return store.get(key, target, listener);
    }

    @Override
    public Stream<ObjectInfo> list(ContainerName container, String prefix) {
        return store.list(container, prefix);
    }

    @Override
    public Optional<ObjectInfo> head(ObjectKey key) {
        return store.head(key);
    }

    @Override
    public SignedUrl signRead(ObjectKey key, Duration lifetime) {
        return store.signRead(key, lifetime);
    }

    @Override
    public SignedUrl signContainer(ContainerName container, Set<AccessRight> rights, Duration lifetime) {
        return store.signContainer(container, rights, lifetime);
    }
}
