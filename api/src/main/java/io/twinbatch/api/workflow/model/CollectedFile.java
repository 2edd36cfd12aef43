package io.twinbatch.api.workflow.model;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file in the output folder that is a result, or one of several.
 *
 * @param path where it is
 * @param size its length in bytes
 * @param sha256 its SHA-256, 64 lower-case hexadecimal digits
 */
public record CollectedFile(Path path, long size, String sha256) {
    public CollectedFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(sha256, "sha256");
    }
}
