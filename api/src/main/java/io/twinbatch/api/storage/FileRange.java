package io.twinbatch.api.storage;

/**
 * A part of a file.
 *
 * @param offset where it begins
 * @param length how many bytes it has
 */
public record FileRange(long offset, long length) {
    public FileRange {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("a range begins in a file, and has a length");
        }
    }
}
