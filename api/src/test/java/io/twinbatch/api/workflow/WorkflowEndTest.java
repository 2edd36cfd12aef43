package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.Outcome;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run leaves behind, however it ends, and what it does with what is there already. */
class WorkflowEndTest {
    private static final PoolId SHARED = new PoolId("shared");
    private static final CleanupChoice KEEP = new CleanupChoice() {
        @Override
        public boolean deleteJob(JobId job) {
            return false;
        }

        @Override
        public boolean deletePool(PoolId pool) {
            return false;
        }
    };
    private final BatchException down = new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down");
    private final BatchException refused = new BatchException(ErrorCode.QUOTA, "service", "no more");

    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    private RunRequest.Builder onSharedPool() throws IOException {
        return fixture.request(2)
                .pool(new PoolRequest(
                        Optional.of(SHARED), PoolSpec.DEFAULT_VM_SIZE, VmImage.UBUNTU_LTS, 1, false, 2, 1));
    }

    @Test
    void cancellingKeepsFinishedResultsAndRemovesWhatTheRunCreated() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        fixture.program.instead("task1", task -> {
            fixture.workflow.cancel();
            return new TaskStatus.Running();
        });

        RunResult result = fixture.run(plan);

        assertThat(result.interrupted()).isTrue();
        assertThat(result.inputs().get(0).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(result.inputs().subList(1, 3)).allMatch(input -> input.outcome() instanceof Outcome.NotRun);
        assertThat(fixture.output.resolve("file0_OUTPUT.txt")).exists();
        fixture.assertNothingLeft(plan);
        assertThat(result.remaining()).isEmpty();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancellingDuringTheDownloadKeepsAllResults() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        AtomicBoolean cancelled = new AtomicBoolean();
        fixture.store.hook.react(call -> {
            if (call.startsWith("get ") && call.contains("_OUTPUT") && !cancelled.getAndSet(true)) {
                fixture.workflow.cancel();
            }
        });

        RunResult result = fixture.run(plan);

        assertThat(cancelled).isTrue();
        assertThat(result.interrupted()).isTrue();
        assertThat(result.inputs()).allMatch(input -> input.outcome() instanceof Outcome.Done);
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aSecondInterruptionEndsTheDownloadAndKeepsWhatHasArrived() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        Thread runner = Thread.currentThread();
        fixture.program.instead("task2", task -> {
            fixture.workflow.cancel();
            return new TaskStatus.Running();
        });
        fixture.store.hook.react(call -> {
            if (call.startsWith("get ") && call.contains("_OUTPUT")) {
                runner.interrupt();
            }
        });

        RunResult result = fixture.run(plan);

        assertThat(result.interrupted()).isTrue();
        fixture.assertNothingLeft(plan);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptionDuringTheUploadRemovesTheContainers() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        fixture.store.hook.react(call -> {
            if (call.startsWith("put ")) {
                fixture.workflow.cancel();
            }
        });

        RunResult result = fixture.run(plan);

        assertThat(result.interrupted()).isTrue();
        fixture.assertNothingLeft(plan);
        assertThat(fixture.pools.hook.calls("create")).isEmpty();
    }

    @Test
    void anInterruptionThatAProviderWrapsIsNoFailure() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        BatchException wrapped =
                new BatchException(ErrorCode.UNKNOWN, "service", "broken off", new InterruptedException());
        fixture.queue.hook.failOn("submit", wrapped);

        assertThat(fixture.run(plan).interrupted()).isTrue();
        fixture.assertNothingLeft(plan);
    }

    @Test
    void keptThingsAreKeptWhenInterruptedButTheirTasksStop() throws IOException {
        RunPlan plan =
                fixture.plan(fixture.request(2).keepJob(true).keepPool(true).build());
        fixture.program.instead("task0", task -> {
            fixture.workflow.cancel();
            return new TaskStatus.Running();
        });

        RunResult result = fixture.run(plan);

        assertThat(result.remaining())
                .containsExactlyInAnyOrder(
                        new Remaining(Resource.JOB, plan.job().id().value(), Reason.KEPT),
                        new Remaining(Resource.POOL, plan.pool().id().value(), Reason.KEPT));
        assertThat(fixture.queue.hook.calls("terminate")).isNotEmpty();
        assertThat(fixture.store.containers()).isEmpty();
    }

    @Test
    void aFailingStepRemovesWhatWasCreatedAndIsThrown() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        BatchException refused = new BatchException(ErrorCode.FORBIDDEN, "service", "not you");
        fixture.queue.hook.failOn("counts", refused);

        assertThatThrownBy(() -> fixture.run(plan)).isSameAs(refused);
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aFailingRemovalStopsNoOther() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        fixture.queue.hook.failOn("delete", down);
        fixture.store.hook.failOn("deleteContainer input", new IllegalStateException("broken"));

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(result.remaining())
                .containsExactly(
                        new Remaining(Resource.JOB, plan.job().id().value(), Reason.CLEANUP_FAILED),
                        new Remaining(
                                Resource.CONTAINER, plan.containers().input().value(), Reason.CLEANUP_FAILED));
        assertThat(fixture.listener.all(RunEvent.NotCleanedUp.class))
                .extracting(RunEvent.NotCleanedUp::detail)
                .containsExactly("service: it is down", "broken");
        assertThat(fixture.pools.find(plan.pool().id())).isEmpty();
    }

    @Test
    void theUserDecidesAboutJobAndPool() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        CleanupChoice keepPool = new CleanupChoice() {
            @Override
            public boolean deleteJob(JobId job) {
                assertThat(fixture.store.containers()).hasSize(3);
                return true;
            }

            @Override
            public boolean deletePool(PoolId pool) {
                return false;
            }
        };

        RunResult result = fixture.workflow.run(plan, fixture.listener, keepPool);

        assertThat(result.remaining())
                .containsExactly(new Remaining(Resource.POOL, plan.pool().id().value(), Reason.KEPT));
        assertThat(fixture.queue.find(plan.job().id())).isEmpty();
    }

    @Test
    void containersGoAfterJobAndPoolWhenTheRunEnds() throws IOException {
        fixture.run(fixture.plan(fixture.request(1).build()));

        assertDeletedInOrder();
    }

    @Test
    void containersGoAfterJobAndPoolWhenTheRunIsInterrupted() throws IOException {
        fixture.program.instead("task0", task -> {
            fixture.workflow.cancel();
            return new TaskStatus.Running();
        });
        fixture.run(fixture.plan(fixture.request(1).build()));

        assertDeletedInOrder();
    }

    @Test
    void containersGoAfterJobAndPoolWhenTheRunFails() throws IOException {
        fixture.queue.hook.failOn("submit", refused);
        RunPlan plan = fixture.plan(fixture.request(1).build());
        assertThatThrownBy(() -> fixture.run(plan)).isSameAs(refused);

        assertDeletedInOrder();
    }

    private void assertDeletedInOrder() {
        assertThat(fixture.listener.all(RunEvent.CleanedUp.class))
                .extracting(RunEvent.CleanedUp::resource)
                .containsExactly(
                        Resource.JOB, Resource.POOL, Resource.CONTAINER, Resource.CONTAINER, Resource.CONTAINER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPoolWhoseCreationIsRefusedIsSaidToBeNeitherDeletedNorKept(boolean keep) throws IOException {
        fixture.pools.hook.failOn("create", refused);

        RunPlan plan = runThatIsRefused(keep);

        assertThat(namesInCleanup())
                .doesNotContain(plan.pool().id().value(), plan.job().id().value());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobWhoseCreationIsRefusedIsSaidToBeNeitherDeletedNorKept(boolean keep) throws IOException {
        fixture.queue.hook.failOn("create", refused);

        RunPlan plan = runThatIsRefused(keep);

        assertThat(namesInCleanup())
                .contains(plan.pool().id().value())
                .doesNotContain(plan.job().id().value());
    }

    @Test
    void aContainerWhoseCreationIsRefusedIsNotSaidToBeDeleted() throws IOException {
        fixture.store.hook.failOn("createContainer input", refused);

        RunPlan plan = runThatIsRefused(false);

        assertThat(namesInCleanup())
                .containsExactly(plan.containers().application().value());
        fixture.assertNothingLeft(plan);
    }

    private RunPlan runThatIsRefused(boolean keep) throws IOException {
        RunPlan plan =
                fixture.plan(fixture.request(1).keepPool(keep).keepJob(keep).build());
        assertThatThrownBy(() -> fixture.run(plan)).isSameAs(refused);
        return plan;
    }

    /** Whatever the run has said of what becomes of what it created. */
    private List<String> namesInCleanup() {
        List<String> names = new ArrayList<>();
        fixture.listener.all(RunEvent.CleanedUp.class).forEach(event -> names.add(event.id()));
        fixture.listener.all(RunEvent.AlreadyGone.class).forEach(event -> names.add(event.id()));
        fixture.listener
                .all(RunEvent.NotCleanedUp.class)
                .forEach(event -> names.add(event.remaining().id()));
        return names;
    }

    @Test
    void whatSomebodyElseHasDeletedIsSaidToBeGoneAlready() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).keepPool(true).build());
        fixture.store.hook.react(call -> {
            if (call.startsWith("get output")) {
                fixture.pools.delete(plan.pool().id());
                fixture.queue.delete(plan.job().id());
            }
        });

        RunResult result = fixture.run(plan);

        assertThat(result.remaining()).isEmpty();
        assertThat(fixture.listener.all(RunEvent.AlreadyGone.class))
                .containsExactly(
                        new RunEvent.AlreadyGone(Resource.JOB, plan.job().id().value()),
                        new RunEvent.AlreadyGone(Resource.POOL, plan.pool().id().value()));
    }

    @Test
    void aJobThatIsKeptAsAskedIsEnded() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).keepJob(true).build());
        fixture.run(plan);

        assertThat(fixture.queue.find(plan.job().id()).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aJobThatIsKeptByAnAnswerIsEnded() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        fixture.workflow.run(plan, fixture.listener, KEEP);

        assertThat(fixture.queue.find(plan.job().id()).orElseThrow().state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aKeptJobThatCannotBeEndedIsToldAndKept() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).keepJob(true).build());
        fixture.queue.hook.failOn("terminate", down);

        assertThat(fixture.run(plan).remaining())
                .containsExactly(new Remaining(Resource.JOB, plan.job().id().value(), Reason.KEPT));
        assertThat(fixture.listener.all(RunEvent.Warning.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning.text()).contains("could not be terminated", "it is down"));
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
        fixture.workflow.run(answered, fixture.listener, KEEP);
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

        RunResult result = fixture.workflow.run(plan, fixture.listener, KEEP);

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
    void aPoolThatDoesNotFitIsRefused() throws IOException {
        RunPlan plan = fixture.plan(onSharedPool().build());
        PoolSpec wanted = plan.pool();
        List<PoolSpec> others = List.of(
                wanted.withSlotsPerNode(7),
                new PoolSpec(
                        SHARED,
                        "tiny",
                        new VmImage("a", "b", "c"),
                        1,
                        0,
                        2,
                        Optional.empty(),
                        wanted.idlePolicy(),
                        wanted.metadata()));
        for (PoolSpec other : others) {
            fixture.pools.add(other);

            assertThatExceptionOfType(BatchException.class)
                    .isThrownBy(() -> fixture.run(plan))
                    .returns(ErrorCode.CONFLICT, BatchException::code)
                    .withMessageContaining("pool shared: a pool of that id exists");
            assertThat(fixture.pools.find(SHARED)).isPresent();
            assertThat(fixture.store.containers()).isEmpty();
        }
        fixture.pools.isInState(PoolState.DELETING);
        assertThatThrownBy(() -> fixture.run(plan)).hasMessageContaining("it is being deleted");
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

    @Test
    void aJobOfSomebodyElseIsNeitherUsedNorDeleted() throws IOException {
        JobId id = new JobId("mine");
        RunPlan plan = fixture.plan(fixture.request(1).jobId(id).build());
        fixture.queue.add(JobSpec.of(id, SHARED));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> fixture.run(plan))
                .returns(ErrorCode.ALREADY_EXISTS, BatchException::code);
        assertThat(fixture.queue.find(id)).isPresent();
        assertThat(fixture.pools.find(plan.pool().id())).isEmpty();
        assertThat(fixture.store.containers()).isEmpty();
    }

    @Test
    void aContainerOfSomebodyElseIsNeitherUsedNorDeleted() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        fixture.store.createContainer(plan.containers().input(), Map.of());

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> fixture.run(plan))
                .returns(ErrorCode.ALREADY_EXISTS, BatchException::code);
        assertThat(fixture.store.containers()).containsExactly(plan.containers().input());
    }

    @Test
    void aSecondRunAtTheSameTimeIsRefused() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        fixture.program.instead("task0", task -> {
            assertThatThrownBy(() -> fixture.run(plan)).isInstanceOf(IllegalStateException.class);
            return fixture.program.succeed(task);
        });

        assertThat(fixture.run(plan).allDone()).isTrue();
    }

    @Test
    void cancellingWithoutARunIsHarmless() throws IOException {
        fixture.workflow.cancel();

        assertThat(fixture.run(fixture.plan(fixture.request(1).build())).allDone())
                .isTrue();
    }
}
