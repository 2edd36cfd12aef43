package io.twinbatch.api.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of a container without listing it.
 *
 * @param name its name
 * @param lastModified when it or its metadata last changed, by the store's clock
 * @param metadata the names and values stored with it
 */
public record ContainerInfo(ContainerName name, Instant lastModified, Map<String, String> metadata) {
    public ContainerInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lastModified, "lastModified");
        metadata = Map.copyOf(metadata);
    }
}
