package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.TaskFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pools whose nodes are what the test says; by default all are there and idle at once. */
public final class ScriptedComputePool implements ComputePool {
    private final Map<String, PoolSpec> pools = new TreeMap<>();
    private final Map<String, String> logs = new TreeMap<>();
    private List<ResizeError> resizeErrors = List.of();
    private Optional<List<Node>> nodes = Optional.empty();
    private PoolState state = PoolState.STEADY;
    public final CallHook hook = new CallHook();

    public static Node node(String id, NodeState nodeState) {
        return new Node(new NodeId(id), nodeState, Instant.EPOCH, true, 0, Optional.empty());
    }

    public static Node failedNode(String id, int exitCode) {
        StartTaskResult result = new StartTaskResult(
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                OptionalInt.of(exitCode),
                Optional.of(FailureInfo.of("FailureExitCode", "it exited")),
                0);
        return new Node(new NodeId(id), NodeState.START_TASK_FAILED, Instant.EPOCH, true, 0, Optional.of(result));
    }

    public synchronized void hasNodes(Node... newNodes) {
        nodes = Optional.of(List.of(newNodes));
    }

    public synchronized void isInState(PoolState newState) {
        state = newState;
    }

    public synchronized void hasResizeErrors(ResizeError... errors) {
        resizeErrors = List.of(errors);
    }

    public synchronized void startTaskWrote(String node, String stderr) {
        wrote(node, "startup", stderr);
    }

    /** What the standard error in a folder of a node is. */
    public synchronized void wrote(String node, String logFolder, String stderr) {
        logs.put(node + ":" + logFolder + "/" + TaskFile.STDERR, stderr);
    }

    /** Puts a pool there, as somebody else would. */
    public synchronized void add(PoolSpec spec) {
        pools.put(spec.id().value(), spec);
    }

    @Override
    public synchronized void create(PoolSpec spec) {
        hook.before("create", spec.id());
        if (pools.putIfAbsent(spec.id().value(), spec) != null) {
            throw new BatchException(ErrorCode.ALREADY_EXISTS, "pool " + spec.id(), "there is one");
        }
    }

    @Override
    public synchronized Optional<Pool> find(PoolId id) {
        hook.before("find", id);
        return Optional.ofNullable(pools.get(id.value())).map(this::pool);
    }

    private Pool pool(PoolSpec spec) {
        return new Pool(spec, state, spec.dedicatedNodes(), spec.spotNodes(), Instant.EPOCH, resizeErrors);
    }

    @Override
    public synchronized Stream<Pool> list() {
        return pools.values().stream().map(this::pool).toList().stream();
    }

    @Override
    public void resize(PoolId id, int dedicatedNodes, int spotNodes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void updateMetadata(PoolId id, Map<String, String> metadata) {
        hook.before("updateMetadata", id);
        pools.computeIfPresent(id.value(), (key, spec) -> spec.withMetadata(metadata));
    }

    @Override
    public synchronized void updateIdlePolicy(PoolId id, IdlePolicy policy) {
        hook.before("updateIdlePolicy", id);
        pools.computeIfPresent(id.value(), (key, spec) -> spec.withIdlePolicy(policy));
    }

    @Override
    public void removeNodes(PoolId id, Set<NodeId> removed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized boolean delete(PoolId id) {
        hook.before("delete", id);
        return pools.remove(id.value()) != null;
    }

    @Override
    public synchronized List<Node> nodes(PoolId id) {
        PoolSpec spec = pools.get(id.value());
        if (spec == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "pool " + id, "there is none");
        }
        return nodes.orElseGet(() -> IntStream.range(0, spec.dedicatedNodes() + spec.spotNodes())
                .mapToObj(i -> node("node-" + i, NodeState.IDLE))
                .toList());
    }

    @Override
    public synchronized List<TaskFile> files(PoolId id, NodeId node, String logFolder) {
        String log = logs.get(node + ":" + logFolder + "/" + TaskFile.STDERR);
        return log == null ? List.of() : List.of(new TaskFile(TaskFile.STDERR, false, log.length(), Instant.EPOCH));
    }

    @Override
    public synchronized InputStream readFile(PoolId id, NodeId node, String path, long offset) {
        String text = logs.get(node + ":" + path);
        if (text == null) {
            throw new BatchException(ErrorCode.NOT_FOUND, "file " + path, "there is none");
        }
        return new ByteArrayInputStream(
                text.substring((int) Math.min(offset, text.length())).getBytes(StandardCharsets.UTF_8));
    }
}
