package io.twinbatch.local;

import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.disk.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an Azurite that holds no container any more has left on disk. */
final class ObjectData {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectData.class);

    /** The beginning of the names of Azurite's own files and folders; whatever else is there stays. */
    private static final List<String> PREFIXES = List.of("__azurite_db_", "__blobstorage__");

    private ObjectData() {}

    /** Deletes it; what cannot be deleted is tried again at the end of the next run. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (PREFIXES.stream().anyMatch(file.getFileName().toString()::startsWith)) {
                    FolderTree.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("What Azurite left in {} could not be deleted: {}", folder, FailureReason.of(e));
        }
    }
}
