package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.FileProblem;
import io.twinbatch.api.storage.SourceFile;
import io.twinbatch.api.workflow.model.TaskRow.RowFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A local file that a task is to work on. A row of a table may have none: it is a name alone then.
 *
 * @param path where it is; for a row without an input, its name
 * @param displayName the name that messages show, such as its path as it was given
 * @param size how many bytes it had when it was read, whatever its file system lists
 * @param row what a row of a table gives the task beside it; empty for an input of no table
 */
public record InputFile(Path path, String displayName, long size, Optional<TaskRow> row) {
    public InputFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(row, "row");
        if (path.getFileName() == null || size < 0) {
            throw new BatchException(ErrorCode.INVALID, "input " + displayName, "it is not a file");
        }
    }

    /** A file that belongs to no table. */
    public InputFile(Path path, String displayName, long size) {
        this(path, displayName, size, Optional.empty());
    }

    /** A row of a table that has no input. In place of a file's name it is called {@code row-NUMBER}. */
    public static InputFile ofRow(TaskRow row) {
        String number = Integer.toString(row.number());
        return new InputFile(Path.of("row-" + number), "row " + number, 0, Optional.of(row));
    }

    /** The same file as the input of a row of a table. */
    public InputFile withRow(TaskRow itsRow) {
        return new InputFile(path, displayName, size, Optional.of(itsRow));
    }

    /** Its name for a person: several rows can have the same file. */
    public String label() {
        return row.filter(TaskRow::hasInput)
                .map(its -> "row " + its.number() + " (" + displayName + ")")
                .orElse(displayName);
    }

    /** Whether there is a file, and not a name alone. */
    public boolean isFile() {
        return row.map(TaskRow::hasInput).orElse(true);
    }

    /** The local files that its task reads: its own, and those of its row. */
    public List<Path> sources() {
        return Stream.concat(
                        isFile() ? Stream.of(path) : Stream.empty(),
                        row.stream().flatMap(its -> its.files().stream()).map(RowFile::path))
                .toList();
    }

    /** How many bytes its task reads. */
    public long totalSize() {
        return size
                + row.stream()
                        .flatMap(its -> its.files().stream())
                        .mapToLong(RowFile::size)
                        .sum();
    }

    /**
     * Checks a file.
     *
     * @throws BatchException {@code NOT_FOUND} when there is none; {@code INVALID} when it is not a regular file, or
     *     cannot be read
     */
    public static InputFile of(Path path) {
        return read(path, path.toString());
    }

    /**
     * Checks a file that the user knows by another name than its path; throws as {@link #of(Path)} does.
     *
     * @param displayName the name that messages show
     */
    public static InputFile of(Path path, String displayName) {
        return read(path, displayName);
    }

    /** The same file with its present size; throws as {@link #of(Path)} does when it can be read no longer. */
    public InputFile reread() {
        InputFile now = isFile() ? read(path, displayName) : this;
        return new InputFile(path, displayName, now.size, row.map(TaskRow::reread));
    }

    private static InputFile read(Path path, String name) {
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
     * The SHA-256 of its present content, and of all that its row gives its task, 64 lower-case hexadecimal digits.
     *
     * @throws BatchException {@code INVALID} when it cannot be read
     */
    public String contentHash() {
        return contentHash(sources().stream().map(this::hashOf).toList());
    }

    private String hashOf(Path source) {
        try {
            return new Sha256().add(source).hex();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "input " + displayName, "it cannot be read: " + FailureReason.of(e), e);
        }
    }

    /**
     * The same, when the contents are known.
     *
     * @param contents the SHA-256 of the content of each of its {@link #sources()}, in their order
     */
    public String contentHash(List<String> contents) {
        return row.map(its -> its.hasInput()
                        ? its.contentHash(contents.get(0), contents.subList(1, contents.size()))
                        : its.contentHash("", contents))
                .orElseGet(() -> contents.get(0));
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
