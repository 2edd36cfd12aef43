package io.twinbatch.api.workflow.watch;

import static io.twinbatch.api.workflow.ScriptedComputePool.failedNode;
import static io.twinbatch.api.workflow.ScriptedComputePool.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.workflow.Fixture;
import io.twinbatch.api.workflow.ScriptedComputePool;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.NodesReady;
import io.twinbatch.api.workflow.model.RunEvent.Waiting;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolWatchTest {
    private static final TaskCounts WAITING = new TaskCounts(3, 0, 0, 0);
    private static final TaskCounts RUNNING = new TaskCounts(2, 1, 0, 0);
    private static final ResizeError QUOTA = new ResizeError("CoreQuota", "no cores left");

    @TempDir
    private Path folder;

    private Fixture fixture;
    private ScriptedComputePool pools;
    private RunPlan plan;
    private PoolWatch watch;

    @BeforeEach
    void makeWatch() throws IOException {
        fixture = new Fixture(folder);
        pools = fixture.pools;
        plan = fixture.plan(fixture.request(1)
                .pool(new PoolRequest(Optional.empty(), PoolSpec.DEFAULT_VM_SIZE, VmImage.UBUNTU_LTS, 2, 0, 1, 1))
                .build());
        pools.add(plan.pool());
        fixture.queue.add(plan.job());
        watch = newWatch();
    }

    private PoolWatch newWatch() {
        LogTail logs = new LogTail(fixture.store, pools, fixture.queue);
        RunEvents events = new RunEvents(fixture.listener, fixture.time);
        return new PoolWatch(plan, pools, fixture.queue, logs, fixture.time, events);
    }

    private void assertHopeless(ErrorCode code, String message) {
        Optional<BatchException> failure = watch.poll(WAITING);
        assertThat(failure).get().satisfies(exception -> {
            assertThat(exception.code()).isEqualTo(code);
            assertThat(exception).hasMessageContaining(message);
        });
    }

    private void assertHope() {
        assertThat(watch.poll(WAITING)).isEmpty();
    }

    private List<String> warnings() {
        return fixture.listener.all(RunEvent.Warning.class).stream()
                .map(RunEvent.Warning::text)
                .toList();
    }

    private void preparationFailedOn(String... nodes) {
        fixture.queue.preparations(List.of(nodes).stream()
                .map(node -> new NodePreparation(
                        new NodeId(node),
                        false,
                        OptionalInt.of(4),
                        Optional.of(FailureInfo.of("FailureExitCode", "it exited"))))
                .toList());
    }

    @Test
    void theNumberOfReadyNodesIsToldWhenItChanges() {
        pools.hasNodes(node("a", NodeState.STARTING), node("b", NodeState.WAITING_FOR_START_TASK));
        assertHope();
        assertHope();
        pools.hasNodes(node("a", NodeState.RUNNING), node("b", NodeState.IDLE));
        assertHope();

        assertThat(fixture.listener.all(NodesReady.class)).containsExactly(new NodesReady(0, 2), new NodesReady(2, 2));
    }

    @Test
    void aFailedStartTaskOnEveryNodeEndsTheWaitWithItsLastWords() {
        pools.hasNodes(failedNode("a", 100), failedNode("b", 100));
        pools.startTaskWrote("a", "E: no such package\n");

        assertHopeless(
                ErrorCode.CONFLICT,
                "none of its 2 nodes runs tasks; for example node a: its start task failed with exit code 100"
                        + " (FailureExitCode: it exited); it wrote:\nE: no such package");
    }

    @Test
    void oneFailedNodeIsWarnedOfOnceWhileTheOtherWorks() {
        pools.hasNodes(failedNode("a", 1), node("b", NodeState.IDLE));

        assertHope();
        assertHope();

        assertThat(warnings()).singleElement().asString().contains("node a: its start task failed with exit code 1");
    }

    @Test
    void aFailedNodeIsNotTheEndWhileAnotherIsToCome() {
        pools.isInState(PoolState.RESIZING);
        pools.hasNodes(failedNode("a", 1));

        assertHope();
    }

    @Test
    void unusableNodesAloneEndTheWaitWithTheProvidersOwnWords() {
        Node bad = new Node(
                new NodeId("b"),
                NodeState.UNUSABLE,
                Instant.EPOCH,
                true,
                0,
                Optional.empty(),
                List.of(FailureInfo.of("DiskBroken", "its disk is broken")));
        pools.hasNodes(bad, node("c", NodeState.UNUSABLE));

        assertHopeless(
                ErrorCode.CONFLICT,
                "none of its 2 nodes runs tasks; for example node b: it is unusable (DiskBroken: its disk is broken)");
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void manyNodesThatFailAlikeAreOneWarning() {
        pools.hasNodes(failedNode("a", 1), failedNode("b", 1), failedNode("c", 1), failedNode("d", 1));
        pools.isInState(PoolState.RESIZING);

        assertThat(watch.poll(WAITING)).isPresent();
        assertThat(watch.poll(WAITING)).isPresent();

        assertThat(warnings()).singleElement().asString().startsWith("4 nodes run no tasks now, for example node a: ");
    }

    @Test
    void aPreparationThatFailsOnOneNodeIsWarnedOfWithItsLastWords() {
        pools.hasNodes(node("a", NodeState.IDLE), node("b", NodeState.RUNNING));
        preparationFailedOn("a", "gone-since");
        pools.wrote("a", "workitems/" + plan.job().id() + "/job-1/jobpreparation", "no space\n");

        assertHope();
        assertHope();

        assertThat(warnings())
                .singleElement()
                .isEqualTo("node a: the preparation task of job " + plan.job().id()
                        + " failed there with exit code 4 (FailureExitCode: it exited); it wrote:\nno space");
        assertThat(fixture.listener.all(NodesReady.class)).containsExactly(new NodesReady(1, 2));
    }

    @Test
    void aPreparationThatFailsOnEveryNodeEndsTheWait() {
        pools.hasNodes(node("a", NodeState.IDLE), failedNode("b", 3));
        preparationFailedOn("a");

        assertHopeless(ErrorCode.CONFLICT, "for example node b: its start task failed with exit code 3");

        pools.hasNodes(node("a", NodeState.IDLE));
        assertHopeless(ErrorCode.CONFLICT, "its only node runs no tasks: the preparation task of job ");
    }

    @Test
    void preparationsAreOnlyAskedForWhileTasksWait() {
        preparationFailedOn("node-0", "node-1");

        assertThat(watch.poll(new TaskCounts(0, 2, 1, 0))).isEmpty();
        assertThat(watch.poll(WAITING)).isPresent();
    }

    @Test
    void nodesOutOfContactAreWaitedForAWhile() {
        pools.hasNodes(node("a", NodeState.UNKNOWN), failedNode("b", 1));

        assertHope();
        fixture.time.advance(PoolWatch.LOST_GRACE.minusSeconds(1));
        assertHope();
        assertThat(warnings()).hasSize(2).anyMatch(text -> text.contains("node a: the provider has no contact"));
        fixture.time.advance(Duration.ofSeconds(1));
        assertHopeless(ErrorCode.CONFLICT, "for example node b: its start task failed");
    }

    @Test
    void aNodeThatComesBackStartsTheGraceAnew() {
        pools.hasNodes(node("a", NodeState.UNKNOWN));
        assertHope();
        pools.hasNodes(node("a", NodeState.IDLE));
        fixture.time.advance(PoolWatch.LOST_GRACE);
        assertHope();
        pools.hasNodes(node("a", NodeState.UNKNOWN));

        assertHope();
    }

    @Test
    void spotNodesThatAreTakenAwayAreWaitedForAndToldOnce() {
        pools.hasNodes(node("a", NodeState.PREEMPTED), node("b", NodeState.RUNNING));
        assertHope();
        assertThat(warnings()).singleElement().asString().contains("node a: this spot node was preempted");

        pools.hasNodes(node("a", NodeState.PREEMPTED), node("b", NodeState.PREEMPTED));
        for (int i = 0; i < 10; i++) {
            assertHope();
            fixture.time.advance(Duration.ofHours(1));
        }

        assertThat(warnings()).hasSize(3).last().asString().contains("run it again on dedicated nodes");
    }

    @Test
    void aResizeThatEndsWithoutNodesEndsTheWait() {
        pools.hasNodes();
        pools.hasResizeErrors(QUOTA);

        assertHopeless(ErrorCode.UNAVAILABLE, "it got no nodes; ask for fewer nodes");
        assertHopeless(ErrorCode.UNAVAILABLE, "(CoreQuota: no cores left)");
    }

    @Test
    void aResizeThatFallsShortIsWarnedOfOnce() {
        pools.hasNodes(node("a", NodeState.IDLE));
        pools.hasResizeErrors(QUOTA);

        assertHope();
        assertHope();

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("has 1 of the 2 nodes that were asked for: CoreQuota: no cores left");
    }

    @Test
    void whatAPoolOfSomebodyElseLackedBeforeIsToldApart() {
        pools.delete(plan.pool().id());
        pools.add(plan.pool().withMetadata(Map.of()));
        pools.hasResizeErrors(QUOTA);
        pools.hasNodes(node("a", NodeState.IDLE));
        assertHope();
        assertThat(warnings()).singleElement().asString().contains("asked for since an earlier resize: CoreQuota");

        pools.isInState(PoolState.RESIZING);
        assertHope();
        pools.isInState(PoolState.STEADY);
        assertHope();
        assertThat(warnings()).hasSize(2).last().asString().contains("asked for: CoreQuota");

        pools.hasNodes();
        watch = newWatch();
        assertHopeless(ErrorCode.UNAVAILABLE, "since an earlier resize failed");
    }

    @Test
    void errorsOfAResizeThatIsNotOverAreNotYetTold() {
        pools.isInState(PoolState.RESIZING);
        pools.hasResizeErrors(QUOTA);
        pools.hasNodes();

        assertHope();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aPoolThatStaysEmptyEndsTheWaitAfterAMoment() {
        pools.hasNodes();
        assertHope();
        fixture.time.advance(PoolWatch.EMPTY_GRACE.minusSeconds(1));
        assertHope();
        fixture.time.advance(Duration.ofSeconds(1));

        assertHopeless(ErrorCode.UNAVAILABLE, "it has lost all its nodes");
    }

    @Test
    void aPoolThatIsDeletedEndsTheWait() {
        pools.delete(plan.pool().id());

        assertHopeless(ErrorCode.CONFLICT, "it was deleted while tasks waited");
    }

    @Test
    void aWaitWithoutAnyTaskRunningSaysEveryFewMinutesWhatItWaitsFor() {
        pools.isInState(PoolState.RESIZING);
        pools.hasNodes();
        assertHope();
        fixture.time.advance(StallReporter.INTERVAL);
        assertHope();
        assertHope();
        pools.hasNodes(node("a", NodeState.STARTING), node("b", NodeState.WAITING_FOR_START_TASK));
        fixture.time.advance(StallReporter.INTERVAL);
        assertHope();
        pools.hasNodes(node("a", NodeState.RUNNING), node("b", NodeState.OFFLINE));
        fixture.time.advance(StallReporter.INTERVAL);
        assertHope();

        assertThat(fixture.listener.all(Waiting.class))
                .containsExactly(
                        new Waiting(
                                3,
                                StallReporter.INTERVAL,
                                "the provider has not given the pool the first of its 2 nodes yet"),
                        new Waiting(
                                3,
                                StallReporter.INTERVAL.multipliedBy(2),
                                "2 of 2 nodes are there, 1 starting, 1 running the start task"),
                        new Waiting(
                                3,
                                StallReporter.INTERVAL.multipliedBy(3),
                                "2 of 2 nodes are there, 1 busy with other jobs, 1 taking no new tasks;"
                                        + " the provider has not started a task on those that are ready"));
    }

    @Test
    void nothingIsSaidWhileATaskRuns() {
        for (int i = 0; i < 5; i++) {
            assertThat(watch.poll(RUNNING)).isEmpty();
            fixture.time.advance(StallReporter.INTERVAL);
        }

        assertThat(fixture.listener.all(Waiting.class)).isEmpty();
    }
}
