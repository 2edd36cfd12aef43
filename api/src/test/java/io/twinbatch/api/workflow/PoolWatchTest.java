package io.twinbatch.api.workflow;

import static io.twinbatch.api.workflow.ScriptedComputePool.failedNode;
import static io.twinbatch.api.workflow.ScriptedComputePool.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.time.ManualTime;
import io.twinbatch.api.workflow.RunEvent.NodesReady;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolWatchTest {
    private static final PoolId ID = new PoolId("p");

    private final ManualTime time = new ManualTime();
    private final ScriptedComputePool pools = new ScriptedComputePool();
    private final RecordingListener listener = new RecordingListener();
    private PoolWatch watch;

    @BeforeEach
    void makeWatch() {
        pools.add(PoolSpec.of(ID, 2));
        ScriptedJobQueue queue = new ScriptedJobQueue(task -> new TaskStatus.Queued());
        LogTail logs = new LogTail(new MemoryObjectStore(), pools, queue);
        watch = new PoolWatch(ID, pools, logs, time, new Events(listener, time));
    }

    private void assertHopeless(ErrorCode code, String message) {
        Optional<BatchException> failure = watch.look();
        assertThat(failure).get().satisfies(exception -> {
            assertThat(exception.code()).isEqualTo(code);
            assertThat(exception).hasMessageContaining(message);
        });
    }

    @Test
    void theNumberOfReadyNodesIsToldWhenItChanges() {
        pools.hasNodes(node("a", NodeState.STARTING), node("b", NodeState.WAITING_FOR_START_TASK));
        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).isEmpty();
        pools.hasNodes(node("a", NodeState.RUNNING), node("b", NodeState.IDLE));
        assertThat(watch.look()).isEmpty();

        assertThat(listener.all(NodesReady.class)).containsExactly(new NodesReady(0, 2), new NodesReady(2, 2));
    }

    @Test
    void aFailedStartTaskOnEveryNodeEndsTheWaitWithItsLastWords() {
        pools.hasNodes(failedNode("a", 100), failedNode("b", 100));
        pools.startTaskWrote("a", "E: no such package\n");

        assertHopeless(ErrorCode.CONFLICT, "its start task failed with exit code 100");
        assertHopeless(ErrorCode.CONFLICT, "E: no such package");
    }

    @Test
    void oneFailedNodeIsWarnedOfOnceWhileTheOtherWorks() {
        pools.hasNodes(failedNode("a", 1), node("b", NodeState.IDLE));

        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).isEmpty();

        assertThat(listener.all(RunEvent.Warning.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning.text()).contains("node a takes no tasks"));
    }

    @Test
    void aFailedNodeIsNotTheEndWhileAnotherIsToCome() {
        pools.isInState(PoolState.RESIZING);
        pools.hasNodes(failedNode("a", 1));

        assertThat(watch.look()).isEmpty();
    }

    @Test
    void unusableNodesAloneEndTheWait() {
        pools.hasNodes(node("a", NodeState.UNUSABLE), node("b", NodeState.UNUSABLE));

        assertHopeless(ErrorCode.CONFLICT, "none of its 2 nodes takes tasks");
    }

    @Test
    void aResizeThatEndsWithoutNodesEndsTheWait() {
        pools.hasNodes();
        pools.hasResizeErrors(new ResizeError("CoreQuota", "no cores left"));

        assertHopeless(ErrorCode.UNAVAILABLE, "it got no nodes (CoreQuota: no cores left)");
    }

    @Test
    void aResizeThatFallsShortIsWarnedOfOnce() {
        pools.hasNodes(node("a", NodeState.IDLE));
        pools.hasResizeErrors(new ResizeError("CoreQuota", "no cores left"));

        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).isEmpty();

        assertThat(listener.all(RunEvent.Warning.class)).hasSize(1);
    }

    @Test
    void aPoolThatStaysEmptyEndsTheWaitAfterAMoment() {
        pools.hasNodes();
        assertThat(watch.look()).isEmpty();
        time.advance(Duration.ofSeconds(29));
        assertThat(watch.look()).isEmpty();
        time.advance(Duration.ofSeconds(1));

        assertHopeless(ErrorCode.UNAVAILABLE, "it has lost all its nodes");
    }

    @Test
    void aPoolThatIsDeletedEndsTheWait() {
        pools.delete(ID);

        assertHopeless(ErrorCode.CONFLICT, "it was deleted while its tasks waited");
    }
}
