package io.twinbatch.api.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an object without reading it.
 *
 * @param key where it is
 * @param size its length in bytes
 * @param lastModified when it was last written, by the store's clock
 * @param metadata the names and values stored with it
 * @param sha256 the SHA-256 of the bytes that were sent, 64 lower-case hexadecimal digits; known to the caller that
 *     stored it, empty otherwise
 */
public record ObjectInfo(
        ObjectKey key, long size, Instant lastModified, Map<String, String> metadata, Optional<String> sha256) {
    public ObjectInfo {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(lastModified, "lastModified");
        metadata = Map.copyOf(metadata);
        Objects.requireNonNull(sha256, "sha256");
    }

    /** What a store knows of an object that was stored before. */
    public ObjectInfo(ObjectKey key, long size, Instant lastModified, Map<String, String> metadata) {
        this(key, size, lastModified, metadata, Optional.empty());
    }
}
