package io.twinbatch.api.workflow.collect;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The outputs that a task says it has stored.
 *
 * @param entries the outputs by the names of their objects
 */
public record Manifest(Map<String, Entry> entries) {
    public Manifest {
        entries = Map.copyOf(entries);
    }

    /** The output of that name; empty when the task did not store it. */
    public Optional<Entry> entry(String objectName) {
        return Optional.ofNullable(entries.get(objectName));
    }

    /**
     * One output.
     *
     * @param size its length in bytes
     * @param sha256 its SHA-256, 64 lower-case hexadecimal digits
     */
    public record Entry(long size, String sha256) {
        public Entry {
            Objects.requireNonNull(sha256, "sha256");
        }
    }
}
