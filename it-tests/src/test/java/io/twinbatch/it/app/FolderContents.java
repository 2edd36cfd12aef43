package io.twinbatch.it.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a folder of results holds, to be compared with another one. */
final class FolderContents {
    private FolderContents() {}

    /** The contents of all files below a folder, by their paths, without the index of results, reports and logs of tasks. */
    static Map<String, String> of(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(".twinbatch-results"))
                    .filter(file -> !Workbench.isReport(file))
                    .filter(file -> !folder.relativize(file).startsWith("logs"))
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString(),
                            FolderContents::read,
                            (a, b) -> a,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One character per byte. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
