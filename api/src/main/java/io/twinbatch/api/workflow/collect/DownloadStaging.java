package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.stage.TemporaryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hidden folder in the output folder where a run's results stay until they have been checked. It has the same name
 * whenever the run is resumed, so that what a killed client has left in it goes with the rest.
 */
final class DownloadStaging implements AutoCloseable {
    private final Path folder;
    private final AtomicInteger count = new AtomicInteger();

    DownloadStaging(Path outputFolder, RunId run) {
        folder = outputFolder.resolve(".twinbatch-" + run);
    }

    /** A place for one more result; there is nothing yet. Called from several threads. */
    Path next() throws IOException {
        Files.createDirectories(folder);
        Path place = folder.resolve(count.getAndIncrement() + ".part");
        Files.deleteIfExists(place);
        return place;
    }

    /** Deletes it with all that is in it, which is of no use to anybody any more. */
    @Override
    public void close() {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            TemporaryFiles.delete(folder);
        }
    }
}
