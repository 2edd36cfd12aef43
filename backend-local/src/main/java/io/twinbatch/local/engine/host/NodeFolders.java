package io.twinbatch.local.engine.host;

import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.local.node.NodeFolder;
import io.twinbatch.local.record.RecordKeys;
import java.nio.file.Path;

/**
 * Where the folders of nodes are.
 *
 * @param root the folder of all nodes
 */
public record NodeFolders(Path root) {
    /** The folder of a pool's nodes. */
    Path pool(PoolId pool) {
        return root.resolve(RecordKeys.of(pool));
    }

    /** The folder of a node. */
    public NodeFolder node(PoolId pool, NodeId node) {
        return new NodeFolder(pool(pool).resolve(node.value()));
    }
}
