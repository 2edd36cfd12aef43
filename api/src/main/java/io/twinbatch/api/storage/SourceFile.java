package io.twinbatch.api.storage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * A local file that is read once, to its end, whatever size the file system lists for it: files of {@code /proc} list 0
 * bytes and have content, files of {@code /sys} list a page and have a line. What was read is counted and hashed. The end
 * is reported only when the file has not changed meanwhile. Used by one thread at a time.
 */
public final class SourceFile extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String resource;
    private final Path path;
    private final InputStream in;
    private final BasicFileAttributes before;
    private final Optional<FileRange> range;
    private final MessageDigest digest;
    private long count;

    private SourceFile(
            String resource, Path path, BasicFileAttributes before, InputStream in, Optional<FileRange> range) {
        this.range = range;
        this.resource = resource;
        this.path = path;
        this.before = before;
        this.in = in;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Opens a file.
     *
     * @param resource what the bytes are for, in the words of a failure
     * @throws BatchException {@code INVALID} when it cannot be read
     */
    public static SourceFile open(String resource, Path path) {
        return open(resource, path, Optional.empty());
    }

    /**
     * Opens a part of a file; the same holds for it.
     *
     * @param resource what the bytes are for, in the words of a failure
     * @throws BatchException {@code INVALID} when it cannot be read
     */
    public static SourceFile open(String resource, Path path, FileRange range) {
        return open(resource, path, Optional.of(range));
    }

    private static SourceFile open(String resource, Path path, Optional<FileRange> range) {
        try {
            // The attributes first: a change between the two calls then counts as one.
            BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
            if (!before.isRegularFile()) {
                throw failure(resource, path, "is not a regular file", null);
            }
            InputStream in = Files.newInputStream(path);
            if (range.isPresent()) {
                in.skipNBytes(range.get().offset());
            }
            return new SourceFile(resource, path, before, in, range);
        } catch (NoSuchFileException e) {
            throw failure(resource, path, "does not exist", e);
        } catch (IOException e) {
            throw failure(resource, path, "cannot be read: " + FailureReason.of(e), e);
        }
    }

    /**
     * How many bytes a regular file has. It is read to its end only when it does not end where its listed size says.
     *
     * @throws IOException when it cannot be read
     */
    public static long sizeOf(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            long listed = Files.size(path);
            if (!hasByteAt(file, listed) && (listed == 0 || hasByteAt(file, listed - 1))) {
                return listed;
            }
            file.position(0);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            long size = 0;
            for (int n = file.read(buffer); n >= 0; n = file.read(buffer.clear())) {
                size += n;
            }
            return size;
        }
    }

    private static boolean hasByteAt(SeekableByteChannel file, long position) throws IOException {
        return file.position(position).read(ByteBuffer.allocate(1)) > 0;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads on.
     *
     * @throws BatchException {@code INVALID} when the file cannot be read any further, or at its end when it has changed
     */
    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            int n = read(buffer, offset, length, range.map(part -> part.length() - count));
            if (n < 0) {
                requireUnchanged();
            } else {
                count += n;
                digest.update(buffer, offset, n);
            }
            return n;
        } catch (IOException e) {
            throw failure(resource, path, "cannot be read: " + FailureReason.of(e), e);
        }
    }

    private int read(byte[] buffer, int offset, int length, Optional<Long> left) throws IOException {
        if (left.isEmpty()) {
            return in.read(buffer, offset, length);
        }
        if (left.get() == 0) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left.get()));
        if (n < 0) {
            throw failure(resource, path, "has become shorter", null);
        }
        return n;
    }

    private void requireUnchanged() throws IOException {
        Optional<String> change = change();
        if (change.isPresent()) {
            throw failure(
                    resource,
                    path,
                    "changed while it was read: it " + change.get() + "; try again when no program writes to it",
                    null);
        }
    }

    private Optional<String> change() throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return Optional.of("was deleted");
        }
        if (!Objects.equals(now.fileKey(), before.fileKey())) {
            return Optional.of("was replaced by another file");
        }
        if (now.size() != before.size()) {
            String verb = now.size() > before.size() ? "grew" : "shrank";
            return Optional.of(verb + " from " + before.size() + " to " + now.size() + " bytes");
        }
        // A file system that makes up the size makes up the time as well.
        boolean written = (range.isPresent() || count == now.size())
                && !now.lastModifiedTime().equals(before.lastModifiedTime());
        return written ? Optional.of("was written to") : Optional.empty();
    }

    /** The size that the file system listed when the file was opened: a hint, no more. */
    public long listedSize() {
        return range.map(FileRange::length).orElse(before.size());
    }

    /** How many bytes were read. */
    public long count() {
        return count;
    }

    /** The SHA-256 of what was read, 64 lower-case hexadecimal digits; asked for once. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static BatchException failure(String resource, Path path, String what, Throwable cause) {
        return new BatchException(ErrorCode.INVALID, resource, "its source " + path + " " + what, cause);
    }
}
