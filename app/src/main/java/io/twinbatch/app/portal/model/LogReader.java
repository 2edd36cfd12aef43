package io.twinbatch.app.portal.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.task.TaskFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a file on a node, or an object, by parts, so that one of any size opens at its end at once. */
public final class LogReader {
    /** The length of a part. */
    public static final int PART_BYTES = 64 * 1024;

    private final String path;
    private final Supplier<Optional<Long>> size;
    private final Source source;

    /** Opens the file at a position. */
    @FunctionalInterface
    public interface Source {
        /** Its bytes from there on; the caller closes the stream. */
        InputStream open(long offset);
    }

    /**
     * Something to read.
     *
     * @param path its name
     * @param size asks for its length; empty when it is not there
     */
    LogReader(String path, Supplier<Optional<Long>> size, Source source) {
        this.path = path;
        this.size = size;
        this.source = source;
    }

    /**
     * A file.
     *
     * @param path its path, as it is listed
     * @param files lists the files of its folder
     */
    public static LogReader ofFile(String path, Supplier<List<TaskFile>> files, Source source) {
        return new LogReader(
                path,
                () -> files.get().stream()
                        .filter(file -> !file.folder() && file.path().equals(path))
                        .map(TaskFile::size)
                        .findFirst(),
                source);
    }

    /**
     * Its last part.
     *
     * @throws BatchException {@code NOT_FOUND} when it is not there
     */
    public LogPart end() {
        long length = size.get().orElse(0L);
        return part(Math.max(0, length - PART_BYTES), length);
    }

    /**
     * The part that begins at a position.
     *
     * @throws BatchException {@code NOT_FOUND} when the file is not there
     */
    public LogPart from(long start) {
        return part(start, size.get().orElse(0L));
    }

    /** Whole lines where there are some: half a line could hide that the other half is a secret. */
    private LogPart part(long start, long length) {
        long from = Math.max(0, start - 1);
        byte[] bytes;
        try (InputStream in = source.open(from)) {
            bytes = in.readNBytes(PART_BYTES + (int) (start - from));
        } catch (IOException e) {
            throw new BatchException(ErrorCode.UNAVAILABLE, path, "it could not be read: " + FailureReason.of(e), e);
        }
        int first = start == 0 ? 0 : firstLine(bytes);
        int last = from + bytes.length < length ? lastLine(bytes, first) : bytes.length;
        return LogPart.of(from + first, Arrays.copyOfRange(bytes, first, last), length);
    }

    private static int firstLine(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return Math.min(1, bytes.length);
    }

    private static int lastLine(byte[] bytes, int first) {
        for (int i = bytes.length; i > first; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return bytes.length;
    }
}
