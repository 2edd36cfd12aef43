package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.api.workflow.resume.RunRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose client dies, and what another client makes of them. */
class ResumeTest {
    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    /** The death of a client, after which none of its calls reaches anybody. */
    private static final class ClientDied extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Runs a plan with a client that dies just before its n-th call that begins like this. */
    private void runAndDie(RunPlan plan, String beginning, int number) {
        AtomicInteger seen = new AtomicInteger();
        for (CallHook hook : fixture.hooks()) {
            hook.react(call -> {
                if (seen.get() >= number || (call.startsWith(beginning) && seen.incrementAndGet() >= number)) {
                    throw new ClientDied();
                }
            });
        }
        try {
            // A cleanup that dies reports what is left; everything else throws.
            assertThat(fixture.run(plan).remaining()).isNotEmpty();
        } catch (ClientDied e) {
            assertThat(seen.get()).isGreaterThanOrEqualTo(number);
        }
        assertThat(seen.get()).isGreaterThanOrEqualTo(number);
        fixture.hooks().forEach(hook -> hook.react(call -> {}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 create pool",
                "1 create job",
                "1 submit",
                "1 counts",
                "3 counts",
                "1 tasks",
                "1 get output",
                "5 get output",
                "1 deleteContainer application"
            })
    void aRunGoesOnWhereverItWasCutOffAndRunsNoTaskTwice(String death) throws IOException {
        RunPlan plan = fixture.plan(fixture.request(4).build());
        int blank = death.indexOf(' ');
        runAndDie(plan, death.substring(blank + 1), Integer.parseInt(death.substring(0, blank)));

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "task3");
        assertThat(fixture.outputs()).hasSize(4);
        assertThat(result.remaining()).isEmpty();
        fixture.assertNothingLeft(plan);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 31, 45})
    void aRunThatIsResumedRenewsTheLeaseOfItsNodes(int minutes) throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        runAndDie(plan, "create job", 1);
        fixture.time.advance(Duration.ofMinutes(minutes));
        List<String> renewed = new ArrayList<>();
        fixture.pools.hook.react(call -> {
            if (call.startsWith("updateIdlePolicy") || call.startsWith("create")) {
                renewed.add(call);
            }
        });

        assertThat(fixture.resume(plan).allDone()).isTrue();

        assertThat(renewed).containsExactly("updateIdlePolicy " + plan.pool().id());
    }

    @Test
    void aRunThatWasLeftToASilentProviderGoesOn() throws IOException {
        BatchException down = new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down");
        fixture.queue.hook.failOn("counts", down);
        RunPlan plan = fixture.plan(fixture.request(2).build());
        assertThatThrownBy(() -> fixture.run(plan)).isSameAs(down);
        fixture.queue.hook.react(call -> {});

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1");
        fixture.assertNothingLeft(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 submit", "4 counts", "5 counts", "1 tasks ALL"})
    void aTotalIsMadeOnceWhereverTheRunWasCutOff(String death) throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).wantTotal(true).build());
        int blank = death.indexOf(' ');
        runAndDie(plan, death.substring(blank + 1), Integer.parseInt(death.substring(0, blank)));

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(result.total()).get().isInstanceOf(Outcome.Done.class);
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "taskTotal");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aRunThatDiedBeforeItsInputsWereThereHasNoRecord() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(4).build());
        runAndDie(plan, "put input", 3);

        assertThat(new RunRecords(fixture.store).named(plan.id().value())).isEmpty();
        assertThat(new RunRecords(fixture.store).named("somebody")).isEmpty();
    }

    @Test
    void theRecordIsThereBeforeTheFirstTaskIsAndIsOutOfTheTasksReach() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        runAndDie(plan, "submit", 1);

        assertThat(fixture.record(plan.id().value()).job()).isEqualTo(plan.job().id());
        assertThat(fixture.store.hook.calls("put " + plan.containers().application() + "/.twinbatch-run"))
                .hasSize(1);
        assertThat(fixture.store.signatures())
                .noneMatch(signature ->
                        signature.contains("container " + plan.containers().application())
                                || signature.contains(".twinbatch-run"));
    }

    @Test
    void aRunIsFoundByItsIdByItsJobAndByTheJobThatItHadBefore() throws IOException {
        RunPlan plan =
                fixture.plan(fixture.request(2).jobId(new JobId("nightly")).build());
        runAndDie(plan, "counts", 2);

        assertThat(fixture.record(plan.id().value()).id()).isEqualTo(plan.id());
        assertThat(fixture.record("job-" + plan.id()).id()).isEqualTo(plan.id());
        assertThat(fixture.record("nightly").id()).isEqualTo(plan.id());
        assertThat(fixture.record("nightly-r2").id()).isEqualTo(plan.id());
        assertThat(new RunRecords(fixture.store).named("nightl")).isEmpty();
    }

    @Test
    void tasksWhoseUrlsExpireSoonGoOnInANewJobThatDoesWithoutWhatIsDone() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(4).build());
        runAndDie(plan, "counts", 3);
        fixture.time.advance(Duration.ofHours(3));
        fixture.queue.end(plan.job().id());

        ResumePlan continuation = fixture.continuation(plan);
        RunResult result = fixture.workflow.resume(continuation, fixture.listener, CleanupChoice.DELETE);

        assertThat(continuation.former()).contains(plan.job().id());
        assertThat(continuation.finished()).containsExactlyInAnyOrder("task0", "task1");
        assertThat(result.job()).isEqualTo(new JobId(plan.job().id() + "-r2"));
        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "task3");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void resultsThatCouldNotBeDownloadedAreFetchedLaterWithoutAPool() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        Path inTheWay = fixture.output.resolve("file0_OUTPUT.txt");
        Files.createDirectories(fixture.output);
        Files.writeString(inTheWay, "mine");
        assertThat(fixture.run(plan).allDone()).isFalse();
        assertThat(fixture.pools.find(plan.pool().id())).isEmpty();
        Files.delete(inTheWay);

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1");
        assertThat(fixture.pools.hook.calls("create")).hasSize(1);
        fixture.assertNothingLeft(plan);
    }

    @Test
    void tasksWhoseStoreIsNotWhereItWasGoOnInANewJob() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(4).build());
        runAndDie(plan, "counts", 3);
        fixture.store.moveTo("there");

        ResumePlan continuation = fixture.continuation(plan);
        RunResult result = fixture.workflow.resume(continuation, fixture.listener, CleanupChoice.DELETE);

        assertThat(continuation.former()).contains(plan.job().id());
        assertThat(result.job()).isEqualTo(new JobId(plan.job().id() + "-r2"));
        assertThat(result.allDone()).isTrue();
        fixture.assertNothingLeft(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application", "input", "output"})
    void aContainerThatTheStoreHasLostIsMadeAgainAndTheTasksGetANewJob(String lost) throws IOException {
        RunPlan plan = fixture.plan(fixture.request(4).wantTotal(true).build());
        runAndDie(plan, "submit", 1);
        RunRecord record = fixture.record(plan.id().value());
        plan.containers().all().stream()
                .filter(container -> container.value().startsWith(lost))
                .forEach(fixture.store::deleteContainer);

        ResumePlan continuation = fixture.workflow.continuation(record, fixture.program, fixture.output);
        RunResult result = fixture.workflow.resume(continuation, fixture.listener, CleanupChoice.DELETE);

        assertThat(result.job()).isEqualTo(new JobId(plan.job().id() + "-r2"));
        assertThat(result.allDone()).isTrue();
        fixture.assertNothingLeft(plan);
    }

    @Test
    void inputsThatTheStoreHasLostComeBackBeforeTheTasksGetANewJob() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(4).build());
        runAndDie(plan, "counts", 2);
        fixture.store.delete(new ObjectKey(plan.containers().input(), "file2.txt"));
        fixture.queue.hook.react(call -> {
            if (call.startsWith("submit")) {
                assertThat(fixture.store.head(new ObjectKey(plan.containers().input(), "file2.txt")))
                        .isPresent();
            }
        });

        RunResult result = fixture.resume(plan);

        assertThat(result.job()).isEqualTo(new JobId(plan.job().id() + "-r2"));
        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).doesNotHaveDuplicates();
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aRunThatHasLostItsResultsAfterItsLastTaskRunsThemAgain() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        runAndDie(plan, "get output", 1);
        fixture.store.deleteContainer(plan.containers().output());

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).hasSize(6);
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aRunThatHasANewJobCanDieAgain() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(4).build());
        runAndDie(plan, "counts", 2);
        fixture.time.advance(Duration.ofHours(3));
        fixture.queue.hook.failOn("submit", new ClientDied());
        ResumePlan first = fixture.continuation(plan);
        assertThatThrownBy(() -> fixture.workflow.resume(first, fixture.listener, CleanupChoice.DELETE))
                .isInstanceOf(ClientDied.class);
        fixture.queue.hook.react(call -> {});

        RunResult result = fixture.resume(plan);

        assertThat(result.job()).isEqualTo(new JobId(plan.job().id() + "-r2"));
        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "task3");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aTaskThatFailedIsTriedAgainByANewJobOnly() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        fixture.program.instead("task0", task -> new TaskStatus.Failed(3));
        runAndDie(plan, "tasks ALL", 1);

        RunResult attached = fixture.resume(plan);

        assertThat(attached.inputs().get(0).outcome()).isInstanceOf(Outcome.TaskFailed.class);
        assertThat(attached.inputs().get(1).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(fixture.program.ran()).containsExactly("task0", "task1");
    }

    @Test
    void aJobThatSomebodyHasEndedIsReplaced() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        runAndDie(plan, "counts", 2);
        fixture.queue.end(plan.job().id());

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(result.job()).isNotEqualTo(plan.job().id());
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2");
    }

    @Test
    void aJobThatIsGoneIsMadeAgain() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        runAndDie(plan, "counts", 2);
        assertThat(fixture.queue.delete(plan.job().id())).isTrue();

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(result.job()).isEqualTo(plan.job().id());
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void theJobOfSomebodyElseIsLeftAlone() throws IOException {
        RunPlan plan =
                fixture.plan(fixture.request(1).jobId(new JobId("nightly")).build());
        runAndDie(plan, "create nightly", 1);
        fixture.queue.add(plan.job().withMetadata(Map.of()));

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(result.job()).isEqualTo(new JobId("nightly-r2"));
        assertThat(fixture.queue.find(new JobId("nightly"))).isPresent();
    }

    @Test
    void resultsThatAreThereAlreadyAreNotFetchedAgain() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());
        // One after the other, so that it is known what is there.
        runAndDie(plan, "get " + plan.containers().output() + "/file2", 1);
        int before = fixture.store.hook.calls("get").size();
        List<Path> there = fixture.outputs();

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        long manifestsAndTheRecord = 4;
        assertThat(fixture.store.hook.calls("get").size() - before)
                .isEqualTo((int) (manifestsAndTheRecord + 3 - there.size()));
    }

    @Test
    void aFileThatIsInTheWayAndIsAnotherOneIsNotOverwritten() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        runAndDie(plan, "counts", 2);
        Files.createDirectories(fixture.output);
        Path mine = Files.writeString(fixture.output.resolve("file0_OUTPUT.txt"), "mine");

        RunResult result = fixture.resume(plan);

        assertThat(result.inputs().get(0).outcome()).isInstanceOf(Outcome.NotDownloaded.class);
        assertThat(result.inputs().get(1).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(mine).hasContent("mine");
    }

    @Test
    void anotherMachineBringsTheResultsWhereItWants() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        runAndDie(plan, "counts", 2);
        Path elsewhere = folder.resolve("elsewhere");

        ResumePlan continuation =
                fixture.workflow.continuation(fixture.record(plan.job().id().value()), fixture.program, elsewhere);
        RunResult result = fixture.workflow.resume(continuation, fixture.listener, CleanupChoice.DELETE);

        assertThat(result.inputs())
                .extracting(InputResult::outcome)
                .allSatisfy(outcome ->
                        assertThat(((Outcome.Done) outcome).file().path()).hasParent(elsewhere));
        assertThat(fixture.output).doesNotExist();
    }

    @Test
    void aRunIsNotGoneOnWithWhileItsPoolIsBeingDeleted() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        runAndDie(plan, "counts", 2);
        fixture.pools.isInState(PoolState.DELETING);

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> fixture.continuation(plan))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .withMessageContaining("resume");
    }

    @Test
    void aProviderThatFailsBeforeTheTasksAreFoundLeavesTheRunAsItIs() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        runAndDie(plan, "counts", 2);
        ResumePlan continuation = fixture.continuation(plan);
        BatchException down = new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down");
        fixture.pools.hook.failOn("find", down);

        assertThatThrownBy(() -> fixture.workflow.resume(continuation, fixture.listener, CleanupChoice.DELETE))
                .isSameAs(down);
        fixture.pools.hook.react(call -> {});

        assertThat(fixture.resume(plan).allDone()).isTrue();
        fixture.assertNothingLeft(plan);
    }

    @Test
    void theTimeLimitCountsAnewAsFarAsTheUrlsLast() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2)
                .limits(new RunRequest.Limits(Duration.ofMinutes(20), java.util.Optional.empty(), 0))
                .build());
        fixture.program.instead("task1", task -> new TaskStatus.Running());
        runAndDie(plan, "counts", 4);
        fixture.time.advance(Duration.ofMinutes(55));

        RunResult result = fixture.resume(plan);

        assertThat(result.timedOut()).isTrue();
        assertThat(fixture.listener.all(RunEvent.TimeLimitReached.class))
                .extracting(RunEvent.TimeLimitReached::limit)
                .allSatisfy(limit -> assertThat(limit).isEqualTo(Duration.ofMinutes(20)));
        assertThat(result.inputs().get(0).outcome()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aRecordThatPointsOutOfTheOutputFolderIsRefused() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());
        runAndDie(plan, "counts", 1);
        ObjectKey key = new ObjectKey(plan.containers().application(), ".twinbatch-run");
        String text = new String(fixture.store.bytes(key), StandardCharsets.ISO_8859_1);
        List<String> evil = new ArrayList<>(List.of("../file0_OUTPUT.txt", "/etc/passwd", "..", "a\\u0000b"));

        for (String name : evil) {
            String changed = text.replaceAll("(?m)(inputs\\.0\\.file=).*$", "$1" + name.replace("\\", "\\\\"));
            fixture.store.put(key, changed.getBytes(StandardCharsets.ISO_8859_1));
            assertThatExceptionOfType(BatchException.class)
                    .as(name)
                    .isThrownBy(() -> fixture.record(plan.id().value()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
        }
    }
}
