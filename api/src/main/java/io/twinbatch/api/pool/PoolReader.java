package io.twinbatch.api.pool;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.task.TaskFile;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be seen of pools and their nodes by somebody who orders nothing. {@link ComputePool} says what holds for
 * every method.
 */
public interface PoolReader {
    /** The pool of that id; empty when there is none. A pool that is being deleted is still found. */
    Optional<Pool> find(PoolId id);

    /** All pools, in no particular order, fetched page by page as the stream is consumed. */
    Stream<Pool> list();

    /**
     * The nodes of a pool.
     *
     * @throws BatchException {@code NOT_FOUND} for an unknown pool
     */
    List<Node> nodes(PoolId id);

    /**
     * The files below a node's root folder, folders included.
     *
     * @param folder a path relative to the root folder, such as {@code startup}; empty for everything
     * @throws BatchException {@code NOT_FOUND} for an unknown pool or node; {@code CONFLICT} when the node cannot be
     *     asked in its present state
     */
    List<TaskFile> files(PoolId id, NodeId node, String folder);

    /**
     * A file below a node's root folder, from a position to its present end. The caller closes the stream.
     *
     * @param path relative to the root folder, such as {@code startup/stderr.txt}
     * @param offset the position of the first byte, 0 or more; at or beyond the end the stream is empty
     * @throws BatchException {@code NOT_FOUND} for an unknown pool, node or file; {@code INVALID} for a path that leaves
     *     the root folder; {@code CONFLICT} when the node cannot be asked in its present state
     */
    InputStream readFile(PoolId id, NodeId node, String path, long offset);
}
