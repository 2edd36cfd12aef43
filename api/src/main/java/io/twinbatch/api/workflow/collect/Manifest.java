package io.twinbatch.api.workflow.collect;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The outputs that a task says it has stored.
 *
 * @param entries the outputs by the names of their objects
 * @param files the outputs that the task has named itself, in the order in which it found them, by the name that the plan
 *     has for the result of their input
 */
public record Manifest(Map<String, Entry> entries, Map<String, List<NamedOutput>> files) {
    public Manifest {
        entries = Map.copyOf(entries);
        files = Map.copyOf(files);
    }

    /** A manifest whose outputs have the names of the plan. */
    Manifest(Map<String, Entry> entries) {
        this(entries, Map.of());
    }

    /** The outputs for an input that the task has named itself; none when there are none. */
    List<NamedOutput> filesOf(String resultObject) {
        return files.getOrDefault(resultObject, List.of());
    }

    /**
     * An output that the task has named itself.
     *
     * @param object the name of its object
     * @param path its path relative to the folder in which the program ran
     */
    public record NamedOutput(String object, String path) {
        public NamedOutput {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(path, "path");
        }
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
