package io.twinbatch.azure.batch;

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
import io.twinbatch.api.task.NodePath;
import io.twinbatch.api.task.TaskFile;
import io.twinbatch.azure.AzureConfig.Registry;
import io.twinbatch.azure.PoolOptions;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.client.ListOptions;
import io.twinbatch.azure.client.model.FileModel.BatchFile;
import io.twinbatch.azure.client.model.PoolModel.AutoScaleEnable;
import io.twinbatch.azure.client.model.PoolModel.BatchPool;
import io.twinbatch.azure.client.model.PoolModel.NodeRemoval;
import io.twinbatch.azure.client.model.PoolModel.PoolPatch;
import io.twinbatch.azure.client.model.PoolModel.PoolResize;
import io.twinbatch.azure.client.model.PoolModel.VirtualMachineConfiguration;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pools of the Azure Batch service. Spot nodes are its low-priority nodes; a pool whose nodes leave by
 * themselves has an autoscale formula.
 */
public final class BatchComputePool implements ComputePool {
    private static final String REQUEUE = "requeue";
    private static final String POOL_EXISTS = "PoolExists";
    private static final String BEING_DELETED = "PoolBeingDeleted";

    private final BatchRestClient client;
    private final Optional<Registry> registry;
    private final PoolOptions options;

    /** The pools of the account that the client speaks for. */
    public BatchComputePool(BatchRestClient client) {
        this(client, Optional.empty(), PoolOptions.NONE);
    }

    /**
     * The pools of an account.
     *
     * @param registry where container images are, when signing in is needed
     * @param options what new pools have besides their specifications
     */
    public BatchComputePool(BatchRestClient client, Optional<Registry> registry, PoolOptions options) {
        this.client = client;
        this.registry = registry;
        this.options = options;
    }

    @Override
    public void create(PoolSpec spec) {
        ServiceCalls calls = calls(spec.id());
        VirtualMachineConfiguration machine = calls.get(() -> machine(spec));
        calls.run(() -> client.pools().add(PoolMapping.request(spec, machine, options)), refusal -> {
            boolean exists = refusal.code().equals(POOL_EXISTS);
            if (exists && refusal.mayHaveBeenDone() && isOurs(spec)) {
                return;
            }
            if (exists || refusal.code().equals(BEING_DELETED)) {
                throw BatchErrors.of(ErrorCode.ALREADY_EXISTS, calls.resource(), refusal);
            }
            throw refusal;
        });
    }

    private VirtualMachineConfiguration machine(PoolSpec spec) {
        boolean containers = !spec.containerImages().isEmpty();
        VirtualMachineConfiguration image = options.image()
                .map(PoolOptionsMapping::machine)
                .orElseGet(() -> ImageChoice.choose(
                        spec.image(), containers, client.account().images()));
        VirtualMachineConfiguration machine = PoolOptionsMapping.with(options, image);
        return containers ? machine.with(PoolMapping.containers(spec.containerImages(), registry)) : machine;
    }

    private boolean isOurs(PoolSpec spec) {
        PoolSpec made = options.image()
                .map(image -> spec.withContainerImages(image.name(), spec.containerImages()))
                .orElse(spec);
        return find(spec.id()).filter(pool -> PoolMapping.isSame(made, pool)).isPresent();
    }

    @Override
    public Optional<Pool> find(PoolId id) {
        return calls(id).find(() -> client.pools().get(id.value())).flatMap(PoolMapping::read);
    }

    @Override
    public Stream<Pool> list() {
        return new ServiceCalls("pools")
                .list(() -> client.pools().list(ListOptions.ALL))
                .flatMap(pool -> PoolMapping.read(pool).stream());
    }

    @Override
    public void resize(PoolId id, int dedicatedNodes, int spotNodes) {
        PoolSpec.requireNodeCounts(id, dedicatedNodes, spotNodes);
        calls(id)
                .run(
                        () -> client.pools()
                                .resize(id.value(), new PoolResize(dedicatedNodes, spotNodes, null, REQUEUE)),
                        refusal -> {
                            if (BatchErrors.codeOf(refusal) != ErrorCode.CONFLICT
                                    || !isResized(id, dedicatedNodes, spotNodes, refusal)) {
                                throw refusal;
                            }
                        });
    }

    /**
     * Whether a pool that refuses to be resized has the wanted size after all: a formula sets it, which is replaced
     * here, or an earlier try did.
     */
    private boolean isResized(PoolId id, int dedicatedNodes, int spotNodes, BatchServiceException refusal) {
        BatchPool pool = client.pools().get(id.value());
        if (PoolFormula.read(pool).isEmpty()) {
            return refusal.mayHaveBeenDone()
                    && CommonMapping.number(pool.targetDedicatedNodes(), -1) == dedicatedNodes
                    && CommonMapping.number(pool.targetLowPriorityNodes(), -1) == spotNodes;
        }
        follow(pool, specOf(pool).withNodes(dedicatedNodes, spotNodes));
        return true;
    }

    private static PoolSpec specOf(BatchPool pool) {
        return PoolMapping.read(pool).orElseThrow().spec();
    }

    @Override
    public void updateIdlePolicy(PoolId id, IdlePolicy policy) {
        calls(id).run(() -> {
            BatchPool pool = client.pools().get(id.value());
            follow(pool, specOf(pool).withIdlePolicy(policy));
        });
    }

    /**
     * Gives a pool the formula of a specification, or none. The service refuses this while the pool is being resized, and
     * more than one change in 30 seconds. An interval that is given again would restart the schedule of evaluations, so
     * that changes in quick succession would put off every evaluation (<a
     * href="https://learn.microsoft.com/rest/api/batchservice/pool/enable-auto-scale">Enable Auto Scale</a>).
     */
    private void follow(BatchPool pool, PoolSpec spec) {
        Optional<PoolFormula> formula = PoolFormula.of(spec);
        if (formula.isPresent()) {
            Duration interval = PoolFormula.isOn(pool) ? null : IdlePolicy.EVALUATION_INTERVAL;
            client.pools()
                    .enableAutoScale(
                            pool.id(), new AutoScaleEnable(formula.get().text(), interval));
        } else if (PoolFormula.isOn(pool)) {
            client.pools().disableAutoScale(pool.id());
        }
    }

    @Override
    public void updateMetadata(PoolId id, Map<String, String> metadata) {
        calls(id)
                .run(() ->
                        client.pools().patch(id.value(), new PoolPatch(null, CommonMapping.allPairs(metadata), null)));
    }

    @Override
    public void removeNodes(PoolId id, Set<NodeId> nodes) {
        ServiceCalls calls = calls(id);
        if (nodes.isEmpty() || nodes.size() > MAX_REMOVED_NODES) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    calls.resource(),
                    "1 to " + MAX_REMOVED_NODES + " nodes are removed at once, not " + nodes.size());
        }
        List<String> ids = nodes.stream().map(NodeId::value).sorted().toList();
        calls.run(() -> client.pools().removeNodes(id.value(), new NodeRemoval(ids, null, REQUEUE)), refusal -> {
            boolean refused = Set.of(ErrorCode.CONFLICT, ErrorCode.NOT_FOUND).contains(BatchErrors.codeOf(refusal));
            if (!refused || !refusal.mayHaveBeenDone() || !areLeaving(id, nodes)) {
                throw refusal;
            }
        });
    }

    private boolean areLeaving(PoolId id, Set<NodeId> nodes) {
        return nodes(id).stream()
                .filter(node -> nodes.contains(node.id()))
                .allMatch(node -> node.state() == NodeState.LEAVING);
    }

    @Override
    public boolean delete(PoolId id) {
        return calls(id).delete(() -> client.pools().delete(id.value()), Set.of(BEING_DELETED));
    }

    @Override
    public List<Node> nodes(PoolId id) {
        return calls(id)
                .get(() -> client.nodes()
                        .list(id.value(), ListOptions.ALL.withSelect(NodeMapping.PROPERTIES))
                        .map(NodeMapping::read)
                        .toList());
    }

    @Override
    public List<TaskFile> files(PoolId id, NodeId node, String folder) {
        String filter = folder.isEmpty()
                ? null
                : "startswith(name,'" + NodePath.requireInside("folder", folder).replace("'", "''") + "')";
        return nodeCalls(id, node)
                .get(() -> FileMapping.read(
                        client.nodes()
                                .files(id.value(), node.value(), true, ListOptions.filter(filter))
                                .toList(),
                        folder));
    }

    @Override
    public InputStream readFile(PoolId id, NodeId node, String path, long offset) {
        ServiceCalls calls = nodeCalls(id, node);
        return calls.get(() -> NodeFile.read(calls.resource(), path, offset, new NodeFile() {
            @Override
            public InputStream all() {
                return client.nodes().file(id.value(), node.value(), path);
            }

            @Override
            public InputStream part(long first, long last) {
                return client.nodes().file(id.value(), node.value(), path, first, last);
            }

            @Override
            public BatchFile properties() {
                return client.nodes().fileProperties(id.value(), node.value(), path);
            }
        }));
    }

    private static ServiceCalls calls(PoolId id) {
        return new ServiceCalls("pool " + id);
    }

    private static ServiceCalls nodeCalls(PoolId id, NodeId node) {
        return new ServiceCalls("node " + node + " of pool " + id);
    }
}
