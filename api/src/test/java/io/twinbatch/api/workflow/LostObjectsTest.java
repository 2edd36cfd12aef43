package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.workflow.collect.ResultIndex;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.KeptLogs;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest.Limits;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose store loses objects that it had acknowledged, as one does that is killed. */
class LostObjectsTest {
    private static final TaskStatus FAILED = new TaskStatus.Failed(1);

    @TempDir
    private Path folder;

    private Fixture fixture;
    private RunPlan plan;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    private void plan(int inputs, boolean total) throws IOException {
        plan = fixture.plan(fixture.request(inputs).wantTotal(total).build());
    }

    /** A task that succeeds, and at whose end this happens once. */
    private void atTheEndOf(String task, Runnable accident) {
        boolean[] happened = {false};
        fixture.program.instead(task, spec -> {
            TaskStatus end = fixture.program.succeed(spec);
            if (!happened[0]) {
                happened[0] = true;
                accident.run();
            }
            return end;
        });
    }

    private void lose(ContainerName container, String beginning) {
        List<ObjectKey> found =
                fixture.store.list(container, beginning).map(ObjectInfo::key).toList();
        assertThat(found).as("objects to lose").isNotEmpty();
        found.forEach(fixture.store::delete);
    }

    private void loseResults(int... tasks) {
        for (int task : tasks) {
            lose(plan.containers().output(), "task" + task + ".");
            lose(plan.containers().output(), "file" + task + "_OUTPUT.txt");
        }
    }

    private List<RunEvent.RunAgain> reruns() {
        return fixture.listener.all(RunEvent.RunAgain.class);
    }

    @Test
    void tasksWhoseResultsAreGoneRunAgainAndTheOthersDoNot() throws IOException {
        plan(5, false);
        atTheEndOf("task3", () -> loseResults(1, 2));

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.outputs()).hasSize(5);
        assertThat(fixture.program.ran())
                .containsExactly("task0", "task1", "task2", "task3", "task4", "task1", "task2");
        assertThat(reruns()).containsExactly(new RunEvent.RunAgain(2));
        assertThat(result.job().value()).isEqualTo(plan.job().id() + "-r2");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void whatHasComeIsNotFetchedAgain() throws IOException {
        plan(3, false);
        atTheEndOf("task1", () -> loseResults(0));

        assertThat(fixture.run(plan).allDone()).isTrue();

        assertThat(fixture.store.hook.calls("get " + plan.containers().output() + "/file1_OUTPUT.txt"))
                .hasSize(1);
    }

    @Test
    void aTotalIsMadeOfAllAlsoWhenPartsOfItAreGone() throws IOException {
        plan(3, true);
        boolean[] happened = {false};
        fixture.program.instead("taskTotal", spec -> {
            if (!happened[0]) {
                happened[0] = true;
                loseResults(1);
                return FAILED;
            }
            return fixture.program.succeed(spec);
        });

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(result.total()).get().isInstanceOf(Outcome.Done.class);
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "taskTotal", "task1", "taskTotal");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aTotalThatIsGoneIsMadeAgainOfWhatIsThere() throws IOException {
        plan(2, true);
        atTheEndOf("taskTotal", () -> lose(plan.containers().output(), "taskTotal"));

        assertThat(fixture.run(plan).allDone()).isTrue();

        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "taskTotal", "taskTotal");
    }

    /** Fails as long as its input is not there. */
    private TaskStatus needingItsInput(TaskSpec task) {
        ObjectKey input = new ObjectKey(plan.containers().input(), "file1.txt");
        return fixture.store.head(input).isPresent() ? fixture.program.succeed(task) : FAILED;
    }

    @Test
    void inputsThatAreGoneAreUploadedAgainForTheTasksThatLackedThem() throws IOException {
        plan(3, false);
        fixture.program.instead("task1", this::needingItsInput);
        atTheEndOf("task0", () -> lose(plan.containers().input(), "file1.txt"));

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "task1");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aStoreThatHasLostEverythingIsFilledAgain() throws IOException {
        plan(2, false);
        fixture.program.instead("task1", this::needingItsInput);
        atTheEndOf("task0", () -> plan.containers().all().forEach(fixture.store::deleteContainer));

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task0", "task1");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void whatCannotBeUploadedAgainIsTriedOnceMoreAndThenSaidToHaveFailed() throws IOException {
        plan(2, false);
        fixture.program.instead("task1", this::needingItsInput);
        atTheEndOf("task0", () -> {
            lose(plan.containers().input(), "file1.txt");
            deleteFile(plan.inputs().get(1).file().path());
        });

        RunResult result = fixture.run(plan);

        assertThat(result.inputs())
                .extracting(InputResult::outcome)
                .hasExactlyElementsOfTypes(Outcome.Done.class, Outcome.TaskFailed.class);
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task1");
        fixture.assertNothingLeft(plan);
    }

    private static void deleteFile(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tasksThatFailThoughNothingIsGoneDoNotRunAgain() throws IOException {
        plan(2, false);
        fixture.program.instead("task1", task -> FAILED);

        assertThat(fixture.run(plan).allDone()).isFalse();

        assertThat(fixture.program.ran()).containsExactly("task0", "task1");
        assertThat(reruns()).isEmpty();
    }

    @Test
    void aTaskThatNeverLeavesAnythingRunsOnceMoreAndNotForEver() throws IOException {
        plan(2, false);
        fixture.program.instead("task1", task -> new TaskStatus.Succeeded());

        RunResult result = fixture.run(plan);

        assertThat(result.inputs())
                .extracting(InputResult::outcome)
                .hasExactlyElementsOfTypes(Outcome.Done.class, Outcome.OutputMissing.class);
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task1");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void aStoreThatGoesOnLosingThingsIsGivenUp() throws IOException {
        plan = fixture.plan(fixture.request(8).keepLogs(KeptLogs.NONE).build());
        AtomicInteger kept = new AtomicInteger();
        fixture.queue.hook.react(call -> {
            if (call.equals("tasks ALL")) {
                loseResults(IntStream.range(0, 8 - kept.incrementAndGet()).toArray());
            }
        });

        RunResult result = fixture.run(plan);

        assertThat(reruns()).extracting(RunEvent.RunAgain::tasks).containsExactly(7, 6, 5, 4, 3);
        assertThat(result.inputs())
                .filteredOn(input -> input.outcome() instanceof Outcome.OutputMissing)
                .hasSize(2);
        fixture.assertNothingLeft(plan);
    }

    @Test
    void theTimeLimitIsThatOfTheRunAndNotOfEachJob() throws IOException {
        Limits limits = new Limits(Duration.ofMinutes(30), Optional.empty(), 0);
        plan = fixture.plan(fixture.request(2).limits(limits).build());
        atTheEndOf("task1", () -> {
            fixture.time.advance(Duration.ofMinutes(20));
            loseResults(0);
            fixture.program.instead("task0", task -> new TaskStatus.Running());
        });

        RunResult result = fixture.run(plan);

        assertThat(result.timedOut()).isTrue();
        assertThat(result.elapsed()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(32));
        assertThat(result.inputs())
                .extracting(InputResult::outcome)
                .hasExactlyElementsOfTypes(Outcome.NotRun.class, Outcome.Done.class);
    }

    @Test
    void aRunThatCannotGoOnMeanwhileIsLeftToBeResumed() throws IOException {
        plan(3, false);
        BatchException down = new BatchException(ErrorCode.UNAVAILABLE, "service", "it is down");
        atTheEndOf("task1", () -> {
            loseResults(0);
            fixture.queue.hook.failOn("create job", down);
        });
        assertThatThrownBy(() -> fixture.run(plan)).isSameAs(down);
        assertThat(fixture.listener.all(RunEvent.Left.class)).hasSize(1);
        fixture.queue.hook.react(call -> {});

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "task0");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void resultsThatAreGoneWhenARunIsResumedAreMadeAgain() throws IOException {
        plan(3, false);
        RuntimeException death = new IllegalStateException("the client died");
        fixture.hooks()
                .forEach(hook -> hook.react(call -> {
                    if (call.startsWith("get output") || call.startsWith("delete")) {
                        throw death;
                    }
                }));
        assertThatThrownBy(() -> fixture.run(plan)).isSameAs(death);
        fixture.hooks().forEach(hook -> hook.react(call -> {}));
        loseResults(2);

        RunResult result = fixture.resume(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.program.ran()).containsExactly("task0", "task1", "task2", "task2");
        fixture.assertNothingLeft(plan);
    }

    @Test
    void anInputThatHasChangedWhenItIsUploadedAgainIsNotTakenForTheOldOne() throws IOException {
        fixture.program.fingerprint("program 1");
        plan(2, false);
        Path input = plan.inputs().get(1).file().path();
        fixture.program.instead("task1", this::needingItsInput);
        atTheEndOf("task0", () -> {
            lose(plan.containers().input(), "file1.txt");
            write(input, "other text");
        });

        assertThat(fixture.run(plan).allDone()).isTrue();

        ResultIndex index = ResultIndex.of(fixture.output);
        assertThat(index.read()
                        .compare(plan.inputs(), new Fingerprint("program", "1"))
                        .upToDate())
                .containsOnlyKeys("file0_OUTPUT.txt", "file1_OUTPUT.txt");
        write(input, "text of file1.txt");
        assertThat(index.read()
                        .compare(plan.inputs(), new Fingerprint("program", "1"))
                        .upToDate())
                .containsOnlyKeys("file0_OUTPUT.txt");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
