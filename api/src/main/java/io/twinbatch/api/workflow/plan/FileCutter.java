package io.twinbatch.api.workflow.plan;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.file.ByteOrderMark;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.workflow.model.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts texts into pieces behind line feeds, and nowhere else: a line that is longer than a piece may be is a piece of its own.
 * Only what lies around the cuts is read.
 */
final class FileCutter {
    private static final int MAX_PIECES = 10_000;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int SAMPLE_BYTES = 4096;

    private final InputFile input;
    private final long size;
    private final SeekableByteChannel file;

    private FileCutter(InputFile input, long size, SeekableByteChannel file) {
        this.input = input;
        this.size = size;
        this.file = file;
    }

    /**
     * Cuts a file.
     *
     * @param size how many bytes a piece has at most
     * @return the pieces, which make up the file; one for a file that is no larger, and for one that is a single line
     * @throws BatchException {@code INVALID} for a file that cannot be read, whose characters have more than one byte where a
     *     line feed is looked for, or that would have too many pieces
     */
    static List<FileRange> cut(InputFile input, long size) {
        if (input.size() <= size) {
            return List.of(new FileRange(0, input.size()));
        }
        try (SeekableByteChannel file = Files.newByteChannel(input.path())) {
            return new FileCutter(input, size, file).cut();
        } catch (IOException e) {
            throw invalid(input, "it cannot be read: " + FailureReason.of(e));
        }
    }

    private List<FileRange> cut() throws IOException {
        refuseWideCharacters();
        List<FileRange> pieces = new ArrayList<>();
        long start = 0;
        while (start < input.size()) {
            if (pieces.size() == MAX_PIECES) {
                throw invalid(
                        input,
                        "it would be cut into more than " + MAX_PIECES + " pieces; choose a larger size of pieces");
            }
            long end = end(start);
            pieces.add(new FileRange(start, end - start));
            start = end;
        }
        return pieces;
    }

    private long end(long start) throws IOException {
        if (input.size() - start <= size) {
            return input.size();
        }
        long end = behindLastLineFeed(start, start + size);
        return end > start ? end : behindNextLineFeed(start + size);
    }

    /** Where the last line that ends before a position ends; the start when none does. */
    private long behindLastLineFeed(long start, long before) throws IOException {
        long to = before;
        while (to > start) {
            long from = Math.max(start, to - BUFFER_BYTES);
            byte[] bytes = read(from, (int) (to - from));
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
            to = from;
        }
        return start;
    }

    private long behindNextLineFeed(long start) throws IOException {
        long from = start;
        while (from < input.size()) {
            byte[] bytes = read(from, (int) Math.min(BUFFER_BYTES, input.size() - from));
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    return from + i + 1;
                }
            }
            from += bytes.length;
        }
        return input.size();
    }

    private byte[] read(long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        file.position(from);
        while (buffer.hasRemaining()) {
            if (file.read(buffer) < 0) {
                throw invalid(input, "it became shorter while it was read; try again when no program writes to it");
            }
        }
        return buffer.array();
    }

    /** A byte that looks like a line feed can be half of another character there. */
    private void refuseWideCharacters() throws IOException {
        byte[] start = read(0, (int) Math.min(SAMPLE_BYTES, input.size()));
        if (ByteOrderMark.begins(start) || looksWide(start)) {
            throw invalid(
                    input,
                    "it is UTF-16 or UTF-32, which cannot be cut at line ends; convert it, for example with"
                            + " iconv -f UTF-16 -t UTF-8");
        }
    }

    /** Of each four bytes of common characters some are zero there and others never. */
    private static boolean looksWide(byte[] start) {
        int[] zeros = new int[4];
        for (int i = 0; i < start.length; i++) {
            zeros[i % 4] += start[i] == 0 ? 1 : 0;
        }
        int most = Arrays.stream(zeros).max().orElse(0);
        int least = Arrays.stream(zeros).min().orElse(0);
        return most > start.length / 8 && least < most / 8;
    }

    private static BatchException invalid(InputFile input, String message) {
        return new BatchException(ErrorCode.INVALID, "input " + input.displayName(), message);
    }
}
