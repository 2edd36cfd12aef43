package io.twinbatch.local.node;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the program that a command line names, before it is started, so that a missing program is distinguished from a failed one. */
final class ProgramPath {
    private ProgramPath() {}

    /**
     * The executable file of a program: a name with a slash is a path relative to the working folder, any other is
     * searched for on the search path.
     */
    static Optional<Path> find(String program, Path workingFolder, String searchPath) {
        if (program.indexOf('/') >= 0) {
            return Optional.of(workingFolder.resolve(program)).filter(ProgramPath::isProgram);
        }
        for (String folder : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = workingFolder.resolve(folder).resolve(program);
            if (isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
