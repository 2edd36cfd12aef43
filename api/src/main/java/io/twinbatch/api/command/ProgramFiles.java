package io.twinbatch.api.command;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a command brings to each node. */
final class ProgramFiles {
    /** Where they lie on a node, below the folder of the job's preparation task. */
    private static final String FOLDER = "program/";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final SortedMap<String, Path> files = new TreeMap<>();

    /**
     * Adds a file under its name, or all files of a folder, hidden ones left out, under their paths in it.
     *
     * @throws BatchException {@code NOT_FOUND} or {@code INVALID} for what cannot be brought
     */
    void add(Path path) {
        if (!Files.isDirectory(path)) {
            add(path.getFileName(), path);
            return;
        }
        try (Stream<Path> below = Files.walk(path)) {
            below.filter(Files::isRegularFile)
                    .map(path::relativize)
                    .filter(file -> Stream.iterate(file, part -> part != null, Path::getParent)
                            .noneMatch(part -> part.getFileName().toString().startsWith(".")))
                    .sorted()
                    .forEach(file -> add(file, path.resolve(file)));
        } catch (IOException e) {
            throw invalid(path, "it cannot be read: " + FailureReason.of(e));
        }
    }

    private void add(Path name, Path file) {
        Optional<FileProblem> problem = FileProblem.of(file);
        if (problem.isPresent()) {
            throw new BatchException(
                    ErrorCode.NOT_FOUND,
                    "program " + file,
                    "it " + problem.get().reason());
        }
        String text = name.toString();
        if (!NAME.matcher(text).matches()) {
            throw invalid(file, "its name has characters other than letters, digits, dots, dashes and underscores");
        }
        if (files.put(FOLDER + text, file) != null) {
            throw invalid(file, "another program file has the same name");
        }
    }

    /** The files by their paths on a node. */
    Map<String, Path> byPath() {
        return files;
    }

    private static BatchException invalid(Path file, String message) {
        return new BatchException(ErrorCode.INVALID, "program " + file, message);
    }
}
