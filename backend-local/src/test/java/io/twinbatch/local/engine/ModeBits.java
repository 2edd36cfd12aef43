package io.twinbatch.local.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the modes of files let other users do. */
final class ModeBits {
    private ModeBits() {}

    /** The chosen files and folders below a folder, and it itself, that others have any right to. */
    static List<Path> openToOthers(Path folder, Predicate<Path> chosen) throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(chosen).sorted().toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                if (!mode.endsWith("------")) {
                    open.add(path);
                }
            }
        }
        return open;
    }
}
