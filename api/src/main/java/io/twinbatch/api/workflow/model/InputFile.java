package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.FileProblem;
import io.twinbatch.api.storage.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A local file that a task is to work on.
 *
 * @param path where it is
 * @param displayName the name that messages show, such as its path as it was given
 * @param size how many bytes it had when it was looked at, whatever its file system lists
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

    /**
     * Looks at a file that the user knows by another name than its path; throws as {@link #of(Path)} does.
     *
     * @param displayName the name that messages show
     */
    public static InputFile of(Path path, String displayName) {
        return look(path, displayName);
    }

    /** The same file with its present size; throws as {@link #of(Path)} does when it can be read no longer. */
    public InputFile reread() {
        return look(path, displayName);
    }

    private static InputFile look(Path path, String name) {
        Optional<FileProblem> problem = FileProblem.of(path);
        if (problem.isPresent()) {
            throw new BatchException(
                    problem.get().missing() ? ErrorCode.NOT_FOUND : ErrorCode.INVALID,
                    "input " + name,
                    "it " + problem.get().reason());
        }
        try {
            return new InputFile(path, name, SourceFile.sizeOf(path));
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "input " + name,
                    "it " + FileProblem.of(path, e).reason(),
                    e);
        }
    }

    /**
     * The SHA-256 of its present content, 64 lower-case hexadecimal digits.
     *
     * @throws BatchException {@code INVALID} when it cannot be read
     */
    public String contentHash() {
        try {
            return new Sha256().add(path).hex();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "input " + displayName, "it cannot be read: " + FailureReason.of(e), e);
        }
    }

    /**
     * The folders of the path by which the user knows it, each with a slash after it: those below the root, or below the
     * folder from which it leads up; empty when there are none.
     */
    String folders() {
        StringBuilder folders = new StringBuilder();
        Path parent = Path.of(displayName).normalize().getParent();
        if (parent != null) {
            parent.forEach(part -> folders.append(part.toString().equals("..") ? "" : part + "/"));
        }
        return folders.toString();
    }

    /** The last part of its path. */
    public String fileName() {
        return path.getFileName().toString();
    }
}
