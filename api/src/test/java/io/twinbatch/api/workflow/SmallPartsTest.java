package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.time.ManualTime;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.stage.CreatedResources;
import io.twinbatch.api.workflow.stage.Transfers;
import io.twinbatch.api.workflow.watch.LogTail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts that a run is put together from. */
class SmallPartsTest {
    private static String tail(String text) {
        return LogTail.lastLines(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theIdOfARunIsItsTimeAndALittleChance() {
        ManualTime time = new ManualTime();
        RunId id = RunId.generate(time, new Random(1));

        assertThat(id.value()).matches("20261122-175901-[0-9a-z]{4}");
        assertThat(RunId.generate(time, new Random(2))).isNotEqualTo(id);
        assertThat(id.owns(Map.of("twinbatch_run", id.value()))).isTrue();
        assertThat(id.owns(Map.of())).isFalse();
        assertThat(id.pool().value()).isEqualTo("pool-" + id);
        assertThat(id.container("application").value()).hasSizeLessThan(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "-abc", "abc-", "a--b", "ABC", "a_b", "1234567890123456789012345678901"})
    void anIllegalIdOfARunIsRefused(String id) {
        assertThatExceptionOfType(BatchException.class).isThrownBy(() -> new RunId(id));
    }

    @Test
    void aTailIsTheLastTenLinesOfTwoKibibytes() {
        String lines = IntStream.range(0, 30).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        assertThat(tail(lines).lines()).hasSize(10).last().isEqualTo("line 29");
        assertThat(tail("x".repeat(5000))).hasSize(2048);
        assertThat(tail("")).isEmpty();
    }

    @Test
    void aTailHasNoHalfCharactersAndCommandsNoTerminal() {
        assertThat(tail("\u00e4".repeat(2000) + "x")).doesNotContain("\uFFFD").endsWith("x");
        assertThat(tail("a\u001b[2Jb\tc")).isEqualTo("a\uFFFD[2Jb\tc");
    }

    @Test
    void timesAreToldAsAPersonSaysThem() {
        assertThat(RunTimes.inWords(Duration.ofMinutes(80))).isEqualTo("1 h 20 min");
        assertThat(RunTimes.inWords(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
        assertThat(RunTimes.inWords(Duration.ofMillis(5))).isEqualTo("5 ms");
    }

    @Test
    void resultsOfTransfersComeInTheOrderOfTheTransfers() throws InterruptedException {
        List<Callable<Integer>> calls = IntStream.range(0, 100)
                .mapToObj(i -> (Callable<Integer>) () -> i)
                .toList();

        assertThat(new Transfers(3).all(calls))
                .isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(new Transfers(3).all(List.of())).isEmpty();
    }

    @Test
    void theFirstFailureEndsTheOtherTransfers() {
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<Void>> calls = List.of(
                () -> {
                    never.await();
                    return null;
                },
                () -> {
                    throw new IllegalStateException("broken");
                });

        assertThatThrownBy(() -> new Transfers(2).all(calls)).hasMessage("broken");
    }

    @Test
    void anInterruptionEndsTheTransfers() {
        CountDownLatch never = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        List<Callable<Void>> calls = List.of(() -> {
            caller.interrupt();
            never.await();
            return null;
        });

        assertThatThrownBy(() -> new Transfers(2).all(calls)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aJobWhoseDeletionIsRefusedForAWhileDoesNotHoldUpItsPool() throws InterruptedException {
        CountDownLatch poolGone = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener();
        ResourceDeletion cleanup = new ResourceDeletion(
                new MemoryObjectStore(),
                new ScriptedComputePool(),
                new ScriptedJobQueue(task -> null),
                Duration.ofMinutes(1));
        ResourceDeletion.Removal job = new ResourceDeletion.Removal(RunResult.Resource.JOB, "j", true, () -> {
            try {
                return ResourceDeletion.Effect.ofDeletion(poolGone.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        ResourceDeletion.Removal pool = new ResourceDeletion.Removal(RunResult.Resource.POOL, "p", true, () -> {
            poolGone.countDown();
            return ResourceDeletion.Effect.DELETED;
        });

        List<RunResult.Remaining> remaining =
                cleanup.run(List.of(job, pool), new CreatedResources(), new RunEvents(listener, new ManualTime()));

        assertThat(remaining).isEmpty();
        assertThat(listener.all(RunEvent.CleanedUp.class))
                .extracting(RunEvent.CleanedUp::id)
                .containsExactly("j", "p");
    }

    @Test
    void aRemovalThatNeverAnswersIsReportedAndTheRunEnds() {
        CountDownLatch never = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener();
        MemoryObjectStore store = new MemoryObjectStore();
        ResourceDeletion cleanup = new ResourceDeletion(
                store, new ScriptedComputePool(), new ScriptedJobQueue(task -> null), Duration.ofMillis(50));
        ResourceDeletion.Removal stuck = new ResourceDeletion.Removal(RunResult.Resource.POOL, "p", true, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ResourceDeletion.Effect.DELETED;
        });
        ResourceDeletion.Removal next = ResourceDeletion.keep(RunResult.Resource.JOB, "j", RunResult.Reason.KEPT);
        Thread.currentThread().interrupt();

        List<RunResult.Remaining> remaining =
                cleanup.run(List.of(stuck, next), new CreatedResources(), new RunEvents(listener, new ManualTime()));

        assertThat(remaining)
                .extracting(RunResult.Remaining::id, RunResult.Remaining::reason)
                .containsExactly(tuple("j", RunResult.Reason.KEPT), tuple("p", RunResult.Reason.CLEANUP_FAILED));
        assertThat(Thread.interrupted()).isFalse();
    }
}
