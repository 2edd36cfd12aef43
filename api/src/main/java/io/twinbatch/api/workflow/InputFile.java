package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A local file that a task is to work on.
 *
 * @param path where it is
 * @param displayName what the user is told it is called, such as its path as it was given
 * @param size its length in bytes when it was looked at
 */
public record InputFile(Path path, String displayName, long size) {
    public InputFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(displayName, "displayName");
        if (path.getFileName() == null || size < 0) {
            throw new BatchException(ErrorCode.INVALID, "input " + displayName, "it is not a file");
        }
    }

    /**
     * Looks at a file.
     *
     * @throws BatchException {@code NOT_FOUND} when there is none; {@code INVALID} when it is not a regular file, or
     *     cannot be read
     */
    public static InputFile of(Path path) {
        return look(path, path.toString());
    }

    /** The same file with its present size; throws as {@link #of} does when it can be read no longer. */
    InputFile lookAgain() {
        return look(path, displayName);
    }

    private static InputFile look(Path path, String name) {
        if (!Files.exists(path)) {
            throw new BatchException(ErrorCode.NOT_FOUND, "input " + name, "there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new BatchException(ErrorCode.INVALID, "input " + name, "it is not a regular file");
        }
        if (!Files.isReadable(path)) {
            throw new BatchException(ErrorCode.INVALID, "input " + name, "it cannot be read: permission denied");
        }
        try {
            return new InputFile(path, name, Files.size(path));
        } catch (IOException e) {
            throw new BatchException(ErrorCode.INVALID, "input " + name, "it cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The SHA-256 of its present content, 64 lower-case hexadecimal digits.
     *
     * @throws BatchException {@code INVALID} when it cannot be read
     */
    String contentHash() {
        try {
            return new Sha256().add(path).hex();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "input " + displayName, "it cannot be read: " + e.getMessage(), e);
        }
    }

    /** The last part of its path. */
    public String fileName() {
        return path.getFileName().toString();
    }
}
