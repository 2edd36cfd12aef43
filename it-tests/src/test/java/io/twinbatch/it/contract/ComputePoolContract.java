package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.Refusals.assertNotFound;
import static io.twinbatch.it.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every sentence of {@link ComputePool}, pinned; what nodes run and keep is in {@link NodeContract}. */
public abstract class ComputePoolContract extends BatchSuite {
    @Nested
    class Nodes extends NodeContract {
        Nodes() {
            super(ComputePoolContract.this::bench);
        }
    }

    private static boolean isIdle(Node node) {
        return node.state() == NodeState.IDLE;
    }

    private ComputePool pools() {
        return bench().pools();
    }

    private Pool awaitSteady(PoolId id) throws InterruptedException {
        bench().await("rest of pool " + id, () -> pool(id).state() == PoolState.STEADY);
        return pool(id);
    }

    private Pool pool(PoolId id) {
        return pools().find(id).orElseThrow();
    }

    private static PoolId upperCase(PoolId id) {
        return new PoolId(id.value().toUpperCase(Locale.ROOT));
    }

    @Test
    void aPoolThatIsCreatedComesToRestWithItsNodes() throws Exception {
        PoolSpec spec =
                bench().fixture().pool(bench().newPool(), 2).withSlotsPerNode(2).withMetadata(Map.of("run", "17"));
        Instant before = Instant.now().minusSeconds(60);
        pools().create(spec);
        assertThat(pools().find(spec.id())).isPresent();

        List<Node> nodes = bench().nodes(spec.id(), 2, ComputePoolContract::isIdle);
        Pool pool = awaitSteady(spec.id());
        assertThat(pool.spec()).isEqualTo(spec);
        assertThat(pool.currentDedicatedNodes()).isEqualTo(2);
        assertThat(pool.currentSpotNodes()).isZero();
        assertThat(pool.resizeErrors()).isEmpty();
        assertThat(pool.created()).isAfter(before);
        assertThat(nodes).extracting(Node::id).doesNotHaveDuplicates();
        assertThat(nodes)
                .allMatch(Node::dedicated)
                .allMatch(node -> node.runningTasks() == 0)
                .allMatch(node -> node.startTask().isEmpty())
                .allMatch(node -> node.stateSince().isAfter(before));
    }

    @Test
    void otherMetadataTakesThePlaceOfWhatAPoolHas() {
        PoolSpec spec = bench().fixture().pool(bench().newPool(), 0).withMetadata(Map.of("run", "17", "lease", "18"));
        pools().create(spec);

        pools().updateMetadata(spec.id(), Map.of("run", "19"));
        assertThat(pool(spec.id()).spec()).isEqualTo(spec.withMetadata(Map.of("run", "19")));

        pools().updateMetadata(spec.id(), Map.of());
        assertThat(pool(spec.id()).spec().metadata()).isEmpty();
    }

    @Test
    void aLeaseIsKeptRenewedAndTakenAwayAndTheNodesStayUntilItsEnd() throws Exception {
        IdlePolicy.Lease first = new IdlePolicy.Lease(Instant.now().plus(Duration.ofHours(1)));
        PoolSpec spec = bench().fixture().pool(bench().newPool(), 1).withIdlePolicy(first);
        pools().create(spec);
        List<Node> nodes = bench().nodes(spec.id(), 1, ComputePoolContract::isIdle);
        assertThat(awaitSteady(spec.id()).spec()).isEqualTo(spec);

        IdlePolicy.Lease second = new IdlePolicy.Lease(first.end().plusSeconds(600));
        pools().updateIdlePolicy(spec.id(), second);
        assertThat(pool(spec.id()).spec()).isEqualTo(spec.withIdlePolicy(second));

        pools().updateIdlePolicy(spec.id(), new IdlePolicy.Keep());
        Pool kept = awaitSteady(spec.id());
        assertThat(kept.spec()).isEqualTo(spec.withIdlePolicy(new IdlePolicy.Keep()));
        assertThat(pools().nodes(spec.id()))
                .extracting(Node::id)
                .containsExactly(nodes.get(0).id());
    }

    @Test
    void aSecondPoolOfThatIdIsRefusedWhateverItsSpecification() {
        PoolId id = bench().pool(0);
        assertRefused(
                ErrorCode.ALREADY_EXISTS, () -> pools().create(bench().fixture().pool(id, 0)));
        assertRefused(
                ErrorCode.ALREADY_EXISTS,
                () -> pools().create(bench().fixture().pool(id, 1).withSlotsPerNode(2)));
        assertRefused(
                ErrorCode.ALREADY_EXISTS, () -> pools().create(bench().fixture().pool(upperCase(id), 0)));
        assertThat(pool(id).spec().dedicatedNodes()).isZero();
    }

    @Test
    void idsAreToldApartWithoutTheirCase() {
        PoolId id = bench().pool(0);
        assertThat(pools().find(upperCase(id)).orElseThrow().id()).isEqualTo(id);
        assertThat(pools().nodes(upperCase(id))).isEmpty();
        assertThat(pools().delete(upperCase(id))).isTrue();
    }

    @Test
    void aPoolThatDoesNotExistIsToldSo() {
        PoolId unknown = bench().newPool();
        NodeId node = new NodeId("no-such-node");
        assertThat(pools().find(unknown)).isEmpty();
        assertThat(pools().delete(unknown)).isFalse();
        assertNotFound(() -> pools().nodes(unknown));
        assertNotFound(() -> pools().resize(unknown, 1, 0));
        assertNotFound(() -> pools().updateMetadata(unknown, Map.of()));
        assertNotFound(() -> pools().updateIdlePolicy(unknown, new IdlePolicy.Keep()));
        assertNotFound(() -> pools().removeNodes(unknown, Set.of(node)));
        assertNotFound(() -> pools().files(unknown, node, ""));
        assertNotFound(() -> pools().readFile(unknown, node, "startup/stdout.txt", 0));
    }

    @Test
    void aNodeThatDoesNotExistIsToldSo() throws Exception {
        PoolId id = bench().pool(1);
        bench().nodes(id, 1, ComputePoolContract::isIdle);
        NodeId node = new NodeId("no-such-node");
        NodeId known = pools().nodes(id).get(0).id();
        awaitSteady(id);
        assertNotFound(() -> pools().removeNodes(id, Set.of(node)));
        assertNotFound(() -> pools().removeNodes(id, Set.of(known, node)));
        assertNotFound(() -> pools().files(id, node, ""));
        assertNotFound(() -> pools().readFile(id, node, "startup/stdout.txt", 0));
        assertThat(pools().nodes(id)).extracting(Node::id).containsExactly(known);
    }

    @Test
    void allPoolsAreListed() {
        List<PoolId> ids = IntStream.range(0, 5).mapToObj(i -> bench().pool(0)).toList();
        try (Stream<Pool> listed = pools().list()) {
            assertThat(listed.map(Pool::id)).containsAll(ids);
        }
    }

    @Test
    void aPoolGrowsAndShrinks() throws Exception {
        PoolId id = bench().pool(1);
        NodeId first = bench().nodes(id, 1, ComputePoolContract::isIdle).get(0).id();
        awaitSteady(id);

        pools().resize(id, 3, 0);
        assertThat(bench().nodes(id, 3, ComputePoolContract::isIdle))
                .extracting(Node::id)
                .contains(first);
        Pool grown = awaitSteady(id);
        assertThat(grown.spec().dedicatedNodes()).isEqualTo(3);
        assertThat(grown.currentDedicatedNodes()).isEqualTo(3);

        pools().resize(id, 0, 0);
        bench().nodes(id, 0, ComputePoolContract::isIdle);
        Pool empty = awaitSteady(id);
        assertThat(empty.spec().dedicatedNodes()).isZero();
        assertThat(empty.currentDedicatedNodes()).isZero();
    }

    @Test
    void dedicatedAndSpotNodesAreCountedApart() throws Exception {
        PoolId id = bench().pool(1);
        bench().nodes(id, 1, ComputePoolContract::isIdle);
        awaitSteady(id);
        pools().resize(id, 1, 2);
        List<Node> nodes = bench().nodes(id, 3, ComputePoolContract::isIdle);
        assertThat(nodes).filteredOn(Node::dedicated).hasSize(1);
        Pool pool = awaitSteady(id);
        assertThat(pool.currentSpotNodes()).isEqualTo(2);
        assertThat(pool.spec().spotNodes()).isEqualTo(2);
    }

    @Test
    void aNegativeNumberOfNodesIsRefused() throws Exception {
        PoolId id = bench().pool(0);
        awaitSteady(id);
        assertRefused(ErrorCode.INVALID, () -> pools().resize(id, -1, 0));
        assertRefused(ErrorCode.INVALID, () -> pools().resize(id, 0, -1));
    }

    @Test
    void singleNodesAreTakenOutAndTheTargetGoesDown() throws Exception {
        PoolId id = bench().pool(3);
        List<Node> nodes = bench().nodes(id, 3, ComputePoolContract::isIdle);
        awaitSteady(id);
        pools().removeNodes(id, Set.of(nodes.get(0).id(), nodes.get(2).id()));
        List<Node> left = bench().nodes(id, 1, ComputePoolContract::isIdle);
        assertThat(left.get(0).id()).isEqualTo(nodes.get(1).id());
        Pool pool = awaitSteady(id);
        assertThat(pool.spec().dedicatedNodes()).isEqualTo(1);
        assertThat(pool.currentDedicatedNodes()).isEqualTo(1);
    }

    @Test
    void toRemoveNoNodeOrMoreThanAHundredIsRefused() throws Exception {
        PoolId id = bench().pool(1);
        bench().nodes(id, 1, ComputePoolContract::isIdle);
        awaitSteady(id);
        Set<NodeId> many = new HashSet<>();
        IntStream.range(0, 101).forEach(i -> many.add(new NodeId("node-" + i)));
        assertRefused(ErrorCode.INVALID, () -> pools().removeNodes(id, Set.of()));
        assertRefused(ErrorCode.INVALID, () -> pools().removeNodes(id, many));
    }

    @Test
    void aTaskWhoseNodeIsRemovedRunsAgainElsewhere() throws Exception {
        PoolId id = bench().pool(2);
        bench().nodes(id, 2, ComputePoolContract::isIdle);
        awaitSteady(id);
        JobId job = bench().job(id);
        TaskKey key = bench().submit(job, "t", "echo first > begun; sleep 600");
        Task first = bench().running(key);
        bench().awaitContent(key, "wd/begun");
        Node node = node(id, first.node().orElseThrow());
        assertThat(node.state()).isEqualTo(NodeState.RUNNING);
        assertThat(node.runningTasks()).isEqualTo(1);

        pools().removeNodes(id, Set.of(first.node().orElseThrow()));
        Task again = bench().await(key, task -> task.requeues() == 1 && task.status() instanceof TaskStatus.Running);
        assertThat(again.node()).isNotEqualTo(first.node());
        assertThat(again.retries()).isZero();
        assertThat(again.started().orElseThrow()).isAfter(first.started().orElseThrow());
        bench().jobs().terminateTask(key);
        assertThat(bench().ended(key).requeues()).isEqualTo(1);
    }

    private Node node(PoolId pool, NodeId id) {
        return pools().nodes(pool).stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tasksOfNodesThatGoInAResizeWaitForOthers() throws Exception {
        PoolId id = bench().pool(1);
        bench().nodes(id, 1, ComputePoolContract::isIdle);
        awaitSteady(id);
        TaskKey key = bench().submit(bench().job(id), "t", "echo begun; sleep 600");
        bench().awaitContent(key, "stdout.txt");
        pools().resize(id, 0, 0);
        Task requeued = bench().await(key, task -> task.status() instanceof TaskStatus.Requeued);
        assertThat(requeued.requeues()).isEqualTo(1);
        assertThat(requeued.retries()).isZero();
        assertThat(bench().jobs().counts(key.job()).queued()).isEqualTo(1);
        awaitSteady(id);
        pools().resize(id, 1, 0);
        bench().running(key);
    }

    @Test
    void aPoolThatIsBeingDeletedIsRefusedEverythingElse() throws Exception {
        PoolId id = bench().pool(1);
        bench().nodes(id, 1, ComputePoolContract::isIdle);
        awaitSteady(id);
        TaskKey key = bench().submit(bench().job(id), "t", "echo begun; sleep 600");
        bench().awaitContent(key, "stdout.txt");
        NodeId node = pools().nodes(id).get(0).id();
        assertThat(pools().delete(id)).isTrue();
        // How long the deletion takes is the provider's affair; when it is through already, there is no such pool.
        assertThat(codeOf(() -> pools().resize(id, 2, 0))).isIn(ErrorCode.CONFLICT, ErrorCode.NOT_FOUND);
        assertThat(codeOf(() -> pools().removeNodes(id, Set.of(node)))).isIn(ErrorCode.CONFLICT, ErrorCode.NOT_FOUND);
        IdlePolicy lease = new IdlePolicy.Lease(Instant.now().plusSeconds(600));
        assertThat(codeOf(() -> pools().updateIdlePolicy(id, lease))).isIn(ErrorCode.CONFLICT, ErrorCode.NOT_FOUND);
        assertThat(pools().delete(id)).isFalse();
        Optional<Pool> found = pools().find(id);
        assertThat(found.map(Pool::state)).isIn(Optional.of(PoolState.DELETING), Optional.empty());
        bench().await("the pool's end", () -> pools().find(id).isEmpty());
        assertNotFound(() -> pools().nodes(id));
    }

    private static ErrorCode codeOf(ThrowingCallable call) {
        return catchThrowableOfType(BatchException.class, call).code();
    }

    @Test
    void tasksOfADeletedPoolWaitForAnotherOneOfThatId() throws Exception {
        PoolId id = bench().pool(1);
        bench().nodes(id, 1, ComputePoolContract::isIdle);
        JobId job = bench().job(id);
        TaskKey ran = bench().submit(job, "ran", "echo begun; sleep 600");
        TaskKey waited = bench().submit(job, "waited", "true");
        bench().awaitContent(ran, "stdout.txt");
        pools().delete(id);
        Task requeued = bench().await(ran, task -> task.status() instanceof TaskStatus.Requeued);
        assertThat(requeued.requeues()).isEqualTo(1);
        bench().await("the pool's end", () -> pools().find(id).isEmpty());
        assertThat(bench().task(waited).status()).isInstanceOf(TaskStatus.Queued.class);

        bench().create(bench().fixture().pool(id, 1).withSlotsPerNode(2));
        assertThat(bench().succeeded(waited).requeues()).isZero();
        bench().running(ran);
    }
}
