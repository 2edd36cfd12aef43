package io.twinbatch.api.task;

import io.twinbatch.api.storage.SignedUrl;
import java.util.Objects;

/**
 * A file that is fetched to the node before a task starts.
 *
 * @param source where it is read from
 * @param path where it is placed, relative to the task's working folder, the file's name included
 */
public record ResourceFile(SignedUrl source, String path) {
    /** Throws a {@code BatchException} with {@code INVALID} when the path leaves the working folder. */
    public ResourceFile {
        Objects.requireNonNull(source, "source");
        NodePath.requireInside("resource file", path);
    }
}
