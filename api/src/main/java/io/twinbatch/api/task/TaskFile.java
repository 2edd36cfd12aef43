package io.twinbatch.api.task;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A file or folder on a node.
 *
 * @param path its path relative to the folder that was asked about, with slashes
 * @param folder whether it is a folder
 * @param size its length in bytes; 0 for a folder
 * @param lastModified when it was last written, by the node's clock
 */
public record TaskFile(String path, boolean folder, long size, Instant lastModified) {
    /** The name of the file that holds a task's standard output. */
    public static final String STDOUT = "stdout.txt";

    /** The name of the file that holds a task's standard error. */
    public static final String STDERR = "stderr.txt";

    public TaskFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(lastModified, "lastModified");
    }

    /** The length of one of some files; 0 when it is not among them. */
    public static long sizeOf(String path, List<TaskFile> files) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .mapToLong(TaskFile::size)
                .findFirst()
                .orElse(0);
    }
}
