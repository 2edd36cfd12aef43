package io.twinbatch.api.workflow;

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
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Objects in memory. */
public final class MemoryObjectStore implements ObjectStore {
    private String host = "store";
    private final Map<ContainerName, Map<String, byte[]>> containers = new TreeMap<>();
    private final Map<ContainerName, Map<String, String>> metadata = new TreeMap<>();
    private final List<String> signatures = new ArrayList<>();
    public final CallHook hook = new CallHook();

    @Override
    public synchronized boolean createContainer(ContainerName container, Map<String, String> values) {
        hook.before("createContainer", container);
        if (containers.containsKey(container)) {
            return false;
        }
        containers.put(container, new TreeMap<>());
        metadata.put(container, Map.copyOf(values));
        return true;
    }

    @Override
    public synchronized boolean deleteContainer(ContainerName container) {
        hook.before("deleteContainer", container);
        return containers.remove(container) != null;
    }

    @Override
    public synchronized boolean containerExists(ContainerName container) {
        return containers.containsKey(container);
    }

    @Override
    public synchronized Stream<ContainerInfo> listContainers(String prefix) {
        return containers.keySet().stream()
                .filter(name -> name.value().startsWith(prefix))
                .map(name -> new ContainerInfo(name, Instant.EPOCH, metadata.get(name)))
                .toList()
                .stream();
    }

    @Override
    public ObjectInfo put(ObjectKey key, Path source, Map<String, String> values, TransferListener listener) {
        hook.before("put", key);
        return put(key, SourceFile.open("object " + key, source), values, listener);
    }

    @Override
    public ObjectInfo putPart(
            ObjectKey key, Path source, FileRange range, Map<String, String> values, TransferListener listener) {
        hook.before("put", key);
        return put(key, SourceFile.open("object " + key, source, range), values, listener);
    }

    private ObjectInfo put(ObjectKey key, SourceFile source, Map<String, String> values, TransferListener listener) {
        byte[] bytes;
        String hash;
        try (SourceFile file = source) {
            bytes = file.readAllBytes();
            hash = file.sha256();
        } catch (IOException e) {
            throw new BatchException(ErrorCode.INVALID, "object " + key, "cannot be read", e);
        }
        put(key, bytes);
        listener.transferred(bytes.length);
        return new ObjectInfo(key, bytes.length, Instant.EPOCH, values, Optional.of(hash));
    }

    synchronized void put(ObjectKey key, byte[] bytes) {
        container(key.container()).put(key.name(), bytes);
    }

    @Override
    public ObjectInfo get(ObjectKey key, Path target, TransferListener listener) {
        hook.before("get", key);
        byte[] bytes = bytes(key);
        try {
            Files.write(target, bytes);
        } catch (IOException e) {
            throw new BatchException(ErrorCode.INVALID, "object " + key, "cannot be written", e);
        }
        listener.transferred(bytes.length);
        return info(key, bytes);
    }

    synchronized byte[] bytes(ObjectKey key) {
        byte[] bytes = container(key.container()).get(key.name());
        if (bytes == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "object " + key, "there is none");
        }
        return bytes;
    }

    private Map<String, byte[]> container(ContainerName name) {
        Map<String, byte[]> container = containers.get(name);
        if (container == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "container " + name, "there is none");
        }
        return container;
    }

    private static ObjectInfo info(ObjectKey key, byte[] bytes) {
        return new ObjectInfo(key, bytes.length, Instant.EPOCH, Map.of());
    }

    @Override
    public synchronized Stream<ObjectInfo> list(ContainerName container, String prefix) {
        return container(container).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> info(new ObjectKey(container, entry.getKey()), entry.getValue()))
                .toList()
                .stream();
    }

    @Override
    public synchronized Optional<ObjectInfo> head(ObjectKey key) {
        Map<String, byte[]> container = containers.getOrDefault(key.container(), Map.of());
        return Optional.ofNullable(container.get(key.name())).map(bytes -> info(key, bytes));
    }

    @Override
    public synchronized boolean delete(ObjectKey key) {
        return container(key.container()).remove(key.name()) != null;
    }

    @Override
    public synchronized SignedUrl signRead(ObjectKey key, Duration lifetime) {
        signatures.add("read " + key + " " + lifetime);
        SignedUrl container = url(key.container(), "read");
        return new SignedUrl(container.ofObject(key.name()), Map.of(), Instant.MAX);
    }

    @Override
    public synchronized SignedUrl signContainer(ContainerName container, Set<AccessRight> rights, Duration lifetime) {
        signatures.add("container " + container + " " + rights.stream().sorted().toList() + " " + lifetime);
        return url(container, "write");
    }

    /** From now on it is reached at another place. */
    synchronized void moveTo(String place) {
        host = place;
    }

    private SignedUrl url(ContainerName container, String right) {
        return new SignedUrl(
                URI.create("memory://" + host + "/" + container + "?sig=secret-" + right), Map.of(), Instant.MAX);
    }

    /** What was signed: kind, place, rights, lifetime. */
    synchronized List<String> signatures() {
        return List.copyOf(signatures);
    }

    public synchronized Set<ContainerName> containers() {
        return Set.copyOf(containers.keySet());
    }
}
