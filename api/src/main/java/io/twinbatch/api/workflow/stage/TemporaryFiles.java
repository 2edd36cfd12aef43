package io.twinbatch.api.workflow.stage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs keep for moments in the system's folder for temporary files, under names that begin with {@code twinbatch-}.
 * A run that is killed leaves it there; a later run sweeps it. A sweep is a courtesy, never a reason to fail.
 */
public final class TemporaryFiles {
    /** No run needs a temporary file for so long. */
    static final Duration STALE = Duration.ofDays(8);

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
    private static final String OURS = "twinbatch-{list,log,manifest,object,samples,doctor}-*";

    private final Path folder;
    private final Clock clock;

    TemporaryFiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Those of this machine; files have the machine's time. */
    public static TemporaryFiles ofThisMachine() {
        return new TemporaryFiles(Path.of(System.getProperty("java.io.tmpdir")), Clock.systemUTC());
    }

    /** Deletes what this user's runs have left long ago. */
    public void sweep() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, OURS)) {
            UserPrincipal user = folder.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name"));
            for (Path entry : entries) {
                if (isStale(entry, user)) {
                    delete(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException | UnsupportedOperationException e) {
            LOG.debug("The folder {} could not be swept", folder, e);
        }
    }

    private boolean isStale(Path entry, UserPrincipal user) throws IOException {
        FileTime changed = Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS);
        return changed.toInstant().plus(STALE).isBefore(clock.instant())
                && Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).equals(user);
    }

    /** Deletes a temporary file, or a folder of such: they have files in them, and no folders. */
    public static void delete(Path entry) {
        try {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(entry)) {
                    for (Path file : files) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            Files.deleteIfExists(entry);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("The temporary file {} could not be deleted", entry, e);
        }
    }
}
