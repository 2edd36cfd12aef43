package io.twinbatch.local.engine.view;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.local.engine.host.NodeFolders;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What can be seen of the pools of this machine, from a view of the engine's records. */
public class LocalPoolReader implements PoolReader {
    private final Supplier<EngineView> view;
    private final NodeFolders folders;

    /**
     * The pools of an engine, which may be at work in another process.
     *
     * @param view the records as they are now
     * @param folders where the nodes of that engine are
     */
    public LocalPoolReader(Supplier<EngineView> view, NodeFolders folders) {
        this.view = view;
        this.folders = folders;
    }

    @Override
    public Optional<Pool> find(PoolId id) {
        return view.get().pool(id);
    }

    @Override
    public Stream<Pool> list() {
        return view.get().pools();
    }

    @Override
    public List<Node> nodes(PoolId id) {
        return view.get().nodes(id);
    }

    @Override
    public List<TaskFile> files(PoolId id, NodeId node, String folder) {
        return NodeFiles.list(describe(id, node), root(id, node), folder, true);
    }

    @Override
    public InputStream readFile(PoolId id, NodeId node, String path, long offset) {
        return NodeFiles.read(describe(id, node), root(id, node), path, offset);
    }

    private Path root(PoolId id, NodeId node) {
        boolean known =
                view.get().nodes(id).stream().anyMatch(member -> member.id().equals(node));
        if (!known) {
            throw new BatchException(ErrorCode.NOT_FOUND, describe(id, node), "there is no such node");
        }
        return folders.node(id, node).root();
    }

    private static String describe(PoolId id, NodeId node) {
        return "node " + node + " of pool " + id;
    }
}
