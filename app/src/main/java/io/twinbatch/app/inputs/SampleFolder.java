package io.twinbatch.app.inputs;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.app.exit.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A temporary folder with the three texts that are processed when the user names no input. */
public final class SampleFolder implements AutoCloseable {
    /** The names of the texts. */
    public static final List<String> NAMES = List.of("bread.txt", "lighthouses.txt", "rivers.txt");

    private final Path folder;
    private final List<InputFile> files;

    private SampleFolder(Path folder, List<InputFile> files) {
        this.folder = folder;
        this.files = List.copyOf(files);
    }

    /**
     * Makes the folder and writes the texts.
     *
     * @throws UsageException when they cannot be written
     */
    public static SampleFolder create() {
        try {
            Path folder = Files.createTempDirectory("twinbatch-samples-");
            List<InputFile> files = new ArrayList<>();
            for (String name : NAMES) {
                files.add(write(folder.resolve(name), name));
            }
            return new SampleFolder(folder, files);
        } catch (IOException e) {
            throw new UsageException(
                    "the sample texts cannot be written to the temporary folder " + System.getProperty("java.io.tmpdir")
                            + ": " + FailureReason.of(e)
                            + "; name another one with TWINBATCH_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }

    private static InputFile write(Path file, String name) throws IOException {
        try (InputStream text = SampleFolder.class.getResourceAsStream("/samples/" + name)) {
            return new InputFile(file, name, Files.copy(text, file));
        }
    }

    /** The texts. */
    public List<InputFile> files() {
        return files;
    }

    /** Removes the folder. */
    @Override
    public void close() {
        try {
            for (InputFile file : files) {
                Files.deleteIfExists(file.path());
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + folder + " cannot be removed", e);
        }
    }
}
