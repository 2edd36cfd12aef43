package io.twinbatch.local.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds programs as a shell would.
 *
 * @param folders the folders to search, separated as in the PATH variable
 */
public record SearchPath(String folders) {
    /** The executable file of that name in the first folder that has one. */
    public Optional<Path> find(String program) {
        return Stream.of(folders.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
