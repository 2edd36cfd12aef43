package io.twinbatch.azure.batch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.task.NodePath;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.client.model.FileModel.BatchFile;
import java.io.InputStream;

/** A file on a node, read from a position to its present end. */
interface NodeFile {
    /** All of it. */
    InputStream all();

    /** A part of it, both ends included. */
    InputStream part(long first, long last);

    /** What is known of it. */
    BatchFile properties();

    /**
     * Reads it.
     *
     * @param resource what it belongs to, for messages
     * @param path its path there
     * @param offset the position of the first byte; at or beyond the end the stream is empty
     * @throws BatchException {@code NOT_FOUND} for a folder; {@code INVALID} for a path that leaves the folder or a negative position
     */
    static InputStream read(String resource, String path, long offset, NodeFile file) {
        NodePath.requireInside("file", path);
        if (offset < 0) {
            throw new BatchException(ErrorCode.INVALID, resource, "an offset is 0 or more, not " + offset);
        }
        if (offset == 0) {
            return all(resource, path, file);
        }
        // The service takes a range only with both ends, and refuses one beyond the end of the file.
        long length = file.properties().properties().contentLength();
        return offset < length ? file.part(offset, length - 1) : InputStream.nullInputStream();
    }

    /** The service refuses to read a folder, and by which code is not documented. */
    private static InputStream all(String resource, String path, NodeFile file) {
        try {
            return file.all();
        } catch (BatchServiceException refusal) {
            ErrorCode code = BatchErrors.codeOf(refusal);
            boolean mayBeFolder = code == ErrorCode.INVALID || code == ErrorCode.CONFLICT;
            if (mayBeFolder && isFolder(file)) {
                throw BatchErrors.of(ErrorCode.NOT_FOUND, resource + ", file " + path, refusal);
            }
            throw refusal;
        }
    }

    private static boolean isFolder(NodeFile file) {
        try {
            return Boolean.TRUE.equals(file.properties().isDirectory());
        } catch (BatchServiceException refusal) {
            // The first refusal says more.
            return false;
        }
    }
}
