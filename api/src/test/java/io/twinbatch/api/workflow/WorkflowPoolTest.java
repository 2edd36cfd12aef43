package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Reason;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.model.RunTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool of a run: whose it is, the lease of its nodes, pools that exist, and creations that fail. */
class WorkflowPoolTest {
    private static final PoolId SHARED = new PoolId("shared");
    private final BatchException down = new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down");

    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    private RunRequest.Builder onSharedPool() throws IOException {
        return fixture.request(2)
                .pool(new PoolRequest(Optional.of(SHARED), PoolSpec.DEFAULT_VM_SIZE, VmImage.UBUNTU_LTS, 1, 0, 2, 1));
    }

    @Test
    void whatARunCreatesSaysWhoseItIsAndUntilWhen() throws IOException {
        RunPlan plan = fixture.plan(
                fixture.request(1).owner(RunOwner.of("ada", "laptop")).build());
        List<Map<String, String>> seen = new ArrayList<>();
        fixture.program.instead("task0", task -> {
            fixture.store.listContainers("").forEach(container -> seen.add(container.metadata()));
            fixture.pools.list().forEach(pool -> seen.add(pool.spec().metadata()));
            fixture.queue.list().forEach(job -> seen.add(job.spec().metadata()));
            return fixture.program.succeed(task);
        });

        fixture.run(plan);

        assertThat(seen).hasSize(5).allSatisfy(metadata -> {
            RunTags tags = RunTags.of(metadata).orElseThrow();
            assertThat(tags.run()).isEqualTo(plan.id());
            assertThat(tags.owner()).contains(new RunOwner("ada@laptop"));
            assertThat(tags.lease().orElseThrow())
                    .isAfterOrEqualTo(fixture.time.instant().plus(Duration.ofMinutes(79)));
        });
    }

    @Test
    void theNodesOfARunLeaveByThemselvesWhenNobodyRenewsTheirLease() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        Instant lease = fixture.time.instant().plus(RunTimes.NODE_LEASE);
        List<IdlePolicy> policies = new ArrayList<>();
        fixture.queue.hook.react(call -> {
            if (call.startsWith("submit")) {
                policies.add(fixture.pools
                        .find(plan.pool().id())
                        .orElseThrow()
                        .spec()
                        .idlePolicy());
            }
        });

        assertThat(fixture.run(plan).allDone()).isTrue();

        assertThat(policies).containsExactly(new IdlePolicy.Lease(lease));
    }

    @Test
    void whatIsKeptHasNoLease() throws IOException {
        RunPlan asked =
                fixture.plan(fixture.request(1).keepJob(true).keepPool(true).build());
        fixture.run(asked);
        assertUnleased(asked);
    }

    @Test
    void whatIsKeptByAnAnswerLosesItsLease() throws IOException {
        RunPlan answered = fixture.plan(fixture.request(1).build());
        fixture.workflow.run(answered, fixture.listener, Fixture.KEEP);
        assertUnleased(answered);
    }

    private void assertUnleased(RunPlan plan) {
        assertThat(fixture.pools.find(plan.pool().id()).orElseThrow().spec().idlePolicy())
                .isEqualTo(new IdlePolicy.Keep());
        Map<String, String> tags = Map.of(RunId.METADATA_RUN, plan.id().value());
        assertThat(fixture.pools.find(plan.pool().id()).orElseThrow().spec().metadata())
                .isEqualTo(tags);
        assertThat(fixture.queue.find(plan.job().id()).orElseThrow().spec().metadata())
                .isEqualTo(tags);
    }

    @Test
    void aLeaseThatCannotBeTakenOffIsToldAndKeepsNothingElseBack() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        fixture.pools.hook.failOn("updateMetadata", down);

        RunResult result = fixture.workflow.run(plan, fixture.listener, Fixture.KEEP);

        assertThat(result.remaining()).hasSize(2).allMatch(remaining -> remaining.reason() == Reason.KEPT);
        assertThat(fixture.listener.all(RunEvent.Warning.class))
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.text()).contains("its lease could not be removed", "service: it is down"));
    }

    @Test
    void aPoolThatFitsIsUsedAndNotDeleted() throws IOException {
        RunPlan plan = fixture.plan(onSharedPool().build());
        fixture.pools.add(plan.pool().withMetadata(Map.of(RunId.METADATA_RUN, "other-run")));

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.listener.all(RunEvent.PoolReused.class)).hasSize(1);
        assertThat(fixture.pools.find(SHARED)).isPresent();
        assertThat(result.remaining()).containsExactly(new Remaining(Resource.POOL, "shared", Reason.NOT_OURS));
    }

    @Test
    void aPoolOfAnEarlierRunIsLeasedForAsLongAsThisOneMayTake() throws IOException {
        RunPlan plan = fixture.plan(onSharedPool().build());
        Map<String, String> earlier =
                Map.of(RunId.METADATA_RUN, "other-run", RunTags.LEASE, "2026-11-22T18:00:00Z", "colour", "blue");
        fixture.pools.add(plan.pool().withMetadata(earlier));

        assertThat(fixture.run(plan).allDone()).isTrue();

        assertThat(fixture.pools.find(SHARED).orElseThrow().spec().metadata())
                .containsEntry("colour", "blue")
                .containsEntry(RunId.METADATA_RUN, "other-run")
                .containsEntry(RunTags.LEASE, "2026-11-22T19:19:01Z");
    }

    @Test
    void theImageOfAProgramIsThatOfItsPoolAndOfAllItsTasks() throws IOException {
        TaskContainer container = TaskContainer.of("tools/convert:2");
        fixture.program.container(container);
        RunPlan plan =
                fixture.plan(fixture.request(2).wantTotal(true).keepJob(true).build());

        fixture.run(plan);

        assertThat(plan.pool().containerImages()).containsExactly(container.image());
        assertThat(fixture.queue.submitted(plan.job().id()))
                .hasSize(3)
                .allSatisfy(task -> assertThat(task.container()).contains(container));
    }

    @Test
    void aPoolOfAnotherMakeIsUsedAsItIs() throws IOException {
        RunPlan plan = fixture.plan(onSharedPool().build());
        fixture.pools.add(new PoolSpec(
                SHARED,
                "tiny",
                new VmImage("a", "b", "c"),
                1,
                2,
                7,
                Optional.empty(),
                new IdlePolicy.Keep(),
                Map.of()));

        assertThat(fixture.run(plan).allDone()).isTrue();

        assertThat(fixture.pools.find(SHARED).orElseThrow().spec().slotsPerNode())
                .isEqualTo(7);
        assertThat(fixture.listener.all(RunEvent.Warning.class))
                .extracting(RunEvent.Warning::text)
                .containsExactly(
                        "pool shared has 3 nodes and is used as it is; asked for were 1",
                        "pool shared has spot nodes and is used as it is; asked for were dedicated ones",
                        "pool shared has no start task and is used as it is; what the program needs, such as Java, must be"
                                + " on its nodes");
    }

    @Test
    void aPoolOnWhichTheTasksCannotRunIsRefusedBeforeAnythingIsCreated() throws IOException {
        RunPlan plan = fixture.plan(onSharedPool().build());
        PoolSpec wanted = plan.pool();
        ContainerImage image = new ContainerImage("busybox:1");
        assertUnfit(
                plan,
                wanted.withContainerImages(wanted.image(), List.of(image)),
                "tasks on its nodes must run in containers");
        assertUnfit(plan, wanted.withNodes(0, 0), "it exists, and has no nodes and gets none by itself");
        fixture.pools.isInState(PoolState.DELETING);
        assertUnfit(plan, wanted, "it is being deleted");
    }

    @Test
    void aPoolWithoutContainersIsRefusedForTasksInContainers() throws IOException {
        fixture.program.container(TaskContainer.of("busybox:1"));
        RunPlan plan = fixture.plan(onSharedPool().build());

        assertUnfit(
                plan, plan.pool().withContainerImages(VmImage.UBUNTU_LTS, List.of()), "its nodes run no containers");
    }

    @Test
    void aPoolWithFewerSlotsThanATaskTakesIsRefused() throws IOException {
        PoolRequest wish =
                new PoolRequest(Optional.of(SHARED), PoolSpec.DEFAULT_VM_SIZE, VmImage.UBUNTU_LTS, 1, 0, 2, 2);
        RunPlan plan = fixture.plan(fixture.request(2).pool(wish).build());

        assertUnfit(plan, plan.pool().withSlotsPerNode(1), "a task that takes 2 slots never fits");
    }

    private void assertUnfit(RunPlan plan, PoolSpec existing, String reason) {
        fixture.pools.add(existing);

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> fixture.run(plan))
                .returns(ErrorCode.CONFLICT, BatchException::code)
                .withMessageContaining("pool shared: ")
                .withMessageContaining(reason);
        assertThat(fixture.pools.find(SHARED)).isPresent();
        assertThat(fixture.store.containers()).isEmpty();
    }

    @Test
    void aCreationWhoseAnswerWasLostIsASuccess() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        fixture.store.createContainer(
                plan.containers().input(), Map.of(RunId.METADATA_RUN, plan.id().value()));
        fixture.pools.add(plan.pool());
        fixture.queue.add(plan.job());

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aPoolWhoseCreationFailedWithoutAnAnswerIsRemovedWhenItIsThere() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        fixture.pools.hook.react(call -> {
            if (call.startsWith("create")) {
                fixture.pools.add(plan.pool());
                throw down;
            }
        });

        assertThatThrownBy(() -> fixture.run(plan)).isSameAs(down);
        fixture.assertNothingLeft(plan);
    }
}
