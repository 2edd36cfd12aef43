package io.twinbatch.api.task;

import io.twinbatch.api.error.QuotedValue;
import io.twinbatch.api.storage.SignedUrl;
import java.util.Objects;

/**
 * Files that the node uploads after a task's process has ended, before the task counts as done.
 *
 * @param pattern which files, absolute or relative to the task's working folder; {@code $NAME} and <code>${NAME}</code>
 *     are replaced by the task's variables first, then {@code *}, {@code ?}, {@code [abc]} match within a name, {@code **}
 *     across folders; a leading {@code ../} reaches {@code stdout.txt} and {@code stderr.txt}
 * @param container where they go: a signed URL of a container with the right to create or write
 * @param path the object's name when the pattern has no wildcard, the beginning of the objects' names when it has one
 * @param condition after which endings
 */
public record OutputFile(String pattern, SignedUrl container, String path, Condition condition) {
    /** After which endings of the process the files are uploaded. */
    public enum Condition {
        /** After exit code 0. */
        SUCCESS,
        /** After any other exit code. */
        FAILURE,
        /** After every exit code. */
        COMPLETION
    }

    /** Throws a {@code BatchException} with {@code INVALID} when the pattern has a wrong {@code ..}, or the path leaves its container. */
    public OutputFile {
        NodePath.requirePattern("output file", pattern);
        Objects.requireNonNull(container, "container");
        NodePath.requireObjectName("output file " + QuotedValue.of(pattern) + " to", path);
        Objects.requireNonNull(condition, "condition");
    }
}
