package io.twinbatch.local.store;

import io.twinbatch.local.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How often the store has been saved, in a file of its own. The store counts too; one that has counted less has lost
 * something, which it does not always notice itself: what it cannot read at its end, it takes for never written.
 *
 * <p>The count is written after the store and not flushed, so that it never runs ahead of it and costs next to nothing.
 */
final class CommitCounter implements AutoCloseable {
    private static final int DIGITS = 20;

    private final FileChannel file;

    private CommitCounter(FileChannel file) {
        this.file = file;
    }

    static CommitCounter open(Path path) throws IOException {
        PrivateFiles.createFile(path);
        return new CommitCounter(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** The count in a file that an engine may be writing; 0 when there is no such file. */
    static long peek(Path path) throws IOException {
        try {
            return parse(Files.readString(path, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** The count; 0 when there is none, as after a loss of power soon after the first save. */
    long read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(DIGITS);
        int read = 0;
        while (read >= 0 && bytes.hasRemaining()) {
            read = file.read(bytes, bytes.position());
        }
        return parse(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
    }

    private static long parse(String text) throws IOException {
        String digits = text.strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IOException("the count of saves is damaged", e);
        }
    }

    /** Writes the count, always in the same place, so that a full disk does not matter. */
    void write(long count) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(String.format("%0" + DIGITS + "d", count).getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes, bytes.position());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
