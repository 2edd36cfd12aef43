package io.twinbatch.local.runs;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.local.disk.DiskFull;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The records of runs as files, one for each container with a record. What is saved survives a failure of the machine.
 */
public final class RunRecordFiles {
    private static final String SUFFIX = ".record";

    private final Path folder;

    /** The files in a folder, which need not be there until one is saved. */
    public RunRecordFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Saves the record of a container in place of the one that it had.
     *
     * @param metadata what is stored with the container
     */
    void save(ContainerName container, Map<String, String> metadata, byte[] content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(metadata.size());
            for (Map.Entry<String, String> entry : metadata.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeUTF(entry.getValue());
            }
            out.write(content);
            PrivateFiles.replace(file(container), bytes.toByteArray());
        } catch (IOException e) {
            throw new BatchException(
                    DiskFull.isBehind(e) ? ErrorCode.QUOTA : ErrorCode.UNKNOWN,
                    "the record of the run in container " + container,
                    "it cannot be written to " + folder + ": " + FailureReason.of(e),
                    e);
        }
    }

    /** The containers that have a record. */
    List<ContainerName> containers() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> new ContainerName(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNKNOWN, "folder " + folder, "it cannot be read: " + FailureReason.of(e), e);
        }
    }

    /** Whether a container has a record. */
    public boolean has(ContainerName container) {
        return Files.exists(file(container));
    }

    /**
     * Copies the record of a container that has one.
     *
     * @return what is stored with the container
     */
    Map<String, String> copy(ContainerName container, Path target) throws IOException {
        byte[] bytes = Files.readAllBytes(file(container));
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Map<String, String> metadata = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                metadata.put(in.readUTF(), in.readUTF());
            }
            Files.write(target, in.readAllBytes());
            return metadata;
        }
    }

    /** Deletes the record of a container; harmless when it has none. */
    void delete(ContainerName container) {
        try {
            Files.deleteIfExists(file(container));
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.UNKNOWN,
                    "the record of a run, file " + file(container),
                    "it cannot be deleted: " + FailureReason.of(e),
                    e);
        }
    }

    private Path file(ContainerName container) {
        return folder.resolve(container + SUFFIX);
    }
}
