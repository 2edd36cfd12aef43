package io.twinbatch.local.azurite;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers which process works on a data folder. Two of them at once would spoil it, and the Azurite of a run that was
 * killed lives a moment longer than the run, to write its index.
 */
final class DataFolderOwner {
    /** Start times of one process, read at different times, differ by what the clock was set in between. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final Path file;
    private final Duration patience;

    /**
     * The owner of a folder.
     *
     * @param patience how long it may take until the last one has ended
     */
    DataFolderOwner(Path dataDir, Duration patience) {
        this.file = dataDir.resolve("azurite.pid");
        this.patience = patience;
    }

    /** Waits until the last one has ended; {@code CONFLICT} when it does not. */
    void awaitEnd() {
        Optional<ProcessHandle> last = last();
        if (last.isEmpty()) {
            return;
        }
        try {
            last.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BatchException(
                    ErrorCode.CONFLICT,
                    "Azurite",
                    "process " + last.get().pid() + " is an Azurite that uses the data folder " + file.getParent()
                            + "; end it, or name another state folder",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BatchException(ErrorCode.UNKNOWN, "Azurite", "interrupted while it started", e);
        }
    }

    /** From now on it is this process. */
    void become(ProcessHandle process) {
        try {
            PrivateFiles.createFile(file);
            Files.writeString(file, process.pid() + " " + start(process).toEpochMilli());
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "Azurite",
                    "its data folder " + file.getParent() + " cannot be written: " + FailureReason.of(e),
                    e);
        }
    }

    /** The process that is noted down, if it lives; a process of the same number that began at another time is not it. */
    private Optional<ProcessHandle> last() {
        try {
            String[] noted = Files.readString(file).strip().split(" ", -1);
            Instant began = Instant.ofEpochMilli(Long.parseLong(noted[1]));
            return ProcessHandle.of(Long.parseLong(noted[0]))
                    .filter(process ->
                            Duration.between(start(process), began).abs().compareTo(TOLERANCE) < 0);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // Half a note is the note of a run that was killed while it wrote, and its Azurite has ended with it.
            return Optional.empty();
        }
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
