package io.twinbatch.task.count;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A window on a stream of bytes. It grows only when a single word or line does not fit. Behind the bytes read there are
 * always some spaces, so that eight bytes can be loaded at once anywhere in the window.
 */
final class InputBuffer {
    static final int PADDING = 80;

    private static final int MAX_SIZE = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private ByteBuffer longs;
    private int end;
    private boolean last;

    /** @param capacity how many bytes it holds at first */
    InputBuffer(int capacity) {
        allocate(capacity);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The same bytes, for loading eight of them as one little-endian number. */
    ByteBuffer longs() {
        return longs;
    }

    /** Behind the last byte read. */
    int end() {
        return end;
    }

    /** Whether the stream ends with the bytes that are here. */
    boolean isLast() {
        return last;
    }

    /** Forgets everything, for the next stream. */
    void clear() {
        end = 0;
        last = false;
    }

    /**
     * Keeps the bytes from {@code from} on, moves them to the front, and fills the rest from the stream, waiting until
     * it is full or the stream has ended.
     */
    void refill(InputStream in, int from) throws IOException {
        int kept = end - from;
        if (kept == capacity()) {
            grow();
        } else {
            System.arraycopy(bytes, from, bytes, 0, kept);
        }
        end = kept;
        while (end < capacity()) {
            int count = in.read(bytes, end, capacity() - end);
            if (count < 0) {
                last = true;
                break;
            }
            end += count;
        }
        Arrays.fill(bytes, end, end + PADDING, (byte) ' ');
    }

    private int capacity() {
        return bytes.length - PADDING;
    }

    private void grow() {
        if (capacity() >= MAX_SIZE - PADDING) {
            throw new OutOfMemoryError("a single word or line of more than 2 GB");
        }
        byte[] full = bytes;
        allocate((int) Math.min(2L * capacity(), MAX_SIZE - PADDING));
        System.arraycopy(full, 0, bytes, 0, end);
    }

    private void allocate(int capacity) {
        bytes = new byte[capacity + PADDING];
        longs = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
