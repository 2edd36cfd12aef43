package io.twinbatch.it.memory;

import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Containers with their objects. Every method is one step for all threads. */
final class MemoryObjects {
    private final NavigableMap<ContainerName, Container> containers = new TreeMap<>();

    /** An object: its bytes, which nobody changes, and what is known of it. */
    static final class Stored {
        private final byte[] bytes;
        private final ObjectInfo info;

        private Stored(byte[] bytes, ObjectInfo info) {
            this.bytes = bytes;
            this.info = info;
        }

        byte[] bytes() {
            return bytes;
        }

        ObjectInfo info() {
            return info;
        }
    }

    private record Container(ContainerInfo info, NavigableMap<String, Stored> objects) {}

    synchronized boolean create(ContainerName name, Map<String, String> metadata) {
        ContainerInfo info = new ContainerInfo(name, Instant.now(), metadata);
        return containers.putIfAbsent(name, new Container(info, new TreeMap<>())) == null;
    }

    synchronized boolean delete(ContainerName name) {
        return containers.remove(name) != null;
    }

    synchronized boolean has(ContainerName name) {
        return containers.containsKey(name);
    }

    synchronized List<ContainerInfo> containers(String prefix) {
        return containers.values().stream()
                .map(Container::info)
                .filter(info -> info.name().value().startsWith(prefix))
                .toList();
    }

    /** Stores an object; empty when there is no such container. */
    synchronized Optional<ObjectInfo> put(ObjectKey key, byte[] bytes, Map<String, String> metadata) {
        ObjectInfo info = new ObjectInfo(key, bytes.length, Instant.now(), metadata);
        return objects(key.container()).map(objects -> {
            objects.put(key.name(), new Stored(bytes, info));
            return info;
        });
    }

    synchronized Optional<Stored> get(ObjectKey key) {
        return objects(key.container()).map(objects -> objects.get(key.name()));
    }

    /** The objects whose names begin with a prefix, without metadata; empty when there is no such container. */
    synchronized Optional<List<ObjectInfo>> list(ContainerName container, String prefix) {
        return objects(container)
                .map(objects -> objects.values().stream()
                        .map(Stored::info)
                        .filter(info -> info.key().name().startsWith(prefix))
                        .map(info -> new ObjectInfo(info.key(), info.size(), info.lastModified(), Map.of()))
                        .toList());
    }

    synchronized boolean delete(ObjectKey key) {
        return objects(key.container())
                .map(objects -> objects.remove(key.name()))
                .isPresent();
    }

    private Optional<NavigableMap<String, Stored>> objects(ContainerName name) {
        return Optional.ofNullable(containers.get(name)).map(Container::objects);
    }
}
