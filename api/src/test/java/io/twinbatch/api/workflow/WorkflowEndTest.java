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
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Reason;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run leaves behind, however it ends, and what it does with what is there already. */
class WorkflowEndTest {
    private static final PoolId SHARED = new PoolId("shared");
    private final BatchException down = new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down");
    private final BatchException refused = new BatchException(ErrorCode.QUOTA, "service", "no more");

    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
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
        fixture.workflow.run(plan, fixture.listener, Fixture.KEEP);

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
}
