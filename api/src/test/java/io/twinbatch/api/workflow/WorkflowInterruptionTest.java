package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Reason;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are interrupted: results of finished tasks are kept, everything else is deleted. */
class WorkflowInterruptionTest {
    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    @Test
    void cancellingKeepsFinishedResultsAndRemovesWhatTheRunCreated() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        fixture.program.instead("task1", task -> {
            assertThat(fixture.workflow.cancel()).isTrue();
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
    void cancellingWithoutARunIsHarmless() throws IOException {
        assertThat(fixture.workflow.cancel()).isFalse();

        assertThat(fixture.run(fixture.plan(fixture.request(1).build())).allDone())
                .isTrue();
    }
}
