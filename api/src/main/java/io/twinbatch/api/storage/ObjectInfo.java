package io.twinbatch.api.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of an object without reading it.
 *
 * @param key where it is
 * @param size its length in bytes
 * @param lastModified when it was last written, by the store's clock
 * @param metadata the names and values stored with it
 */
public record ObjectInfo(ObjectKey key, long size, Instant lastModified, Map<String, String> metadata) {
    public ObjectInfo {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(lastModified, "lastModified");
        metadata = Map.copyOf(metadata);
    }
}
