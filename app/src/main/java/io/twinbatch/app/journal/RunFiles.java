package io.twinbatch.app.journal;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.resume.NestedProperties;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with a small file, {@code RUN.properties}, for each of the newest runs. The id of a run begins with its time.
 *
 * @param folder the folder, which need not exist
 * @param kept how many runs it is for
 */
public record RunFiles(Path folder, int kept) {
    private static final String SUFFIX = ".properties";

    private Path file(RunId id) {
        return folder.resolve(id.value() + SUFFIX);
    }

    /** Whether there is a file for a run. */
    public boolean has(RunId id) {
        return Files.exists(file(id));
    }

    /** Writes the file of a run, in place of the one that is there. */
    public void write(RunId id, NestedProperties content) throws IOException {
        PrivateFiles.createFolder(folder);
        PrivateFiles.replace(file(id), content.text().getBytes(StandardCharsets.UTF_8));
    }

    /** What the file of a run has; empty when there is none, and when it is not in the format. */
    public Optional<NestedProperties> read(RunId id) throws IOException {
        try {
            return Optional.of(NestedProperties.of(Files.readString(file(id))));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Deletes the file of a run. */
    public void delete(RunId id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /** The runs that have a file, the newest first. */
    public List<RunId> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted(Comparator.reverseOrder())
                    .flatMap(name -> id(name).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The runs beyond those that are kept. */
    public List<RunId> tooMany() throws IOException {
        return newestFirst().stream().skip(kept).toList();
    }

    private static Optional<RunId> id(String name) {
        try {
            return Optional.of(new RunId(name));
        } catch (BatchException e) {
            return Optional.empty();
        }
    }
}
