package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.KeptLogs;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvent.StepDone;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.api.workflow.model.RunResult.Reason;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does, and what its result says. */
class WorkflowTest {
    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    private static Outcome outcome(RunResult result, int input) {
        return result.inputs().get(input).outcome();
    }

    @Test
    void everyInputHasItsResultAndNothingIsLeft() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(3).build());

        RunResult result = fixture.run(plan);

        assertThat(result.allDone()).isTrue();
        assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(result.inputs()).hasSize(3).allMatch(input -> input.outcome().isDone());
        assertThat(fixture.outputs())
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly("file0_OUTPUT.txt", "file1_OUTPUT.txt", "file2_OUTPUT.txt");
        assertThat(fixture.outputs().get(1)).hasContent("task1 made this of file1.txt,list.txt");
        assertThat(fixture.store.containers()).isEmpty();
        assertThat(fixture.pools.find(plan.pool().id())).isEmpty();
        assertThat(fixture.queue.find(plan.job().id())).isEmpty();
        assertThat(result.remaining()).isEmpty();
    }

    @Test
    void stepsAreToldInTheTutorialsOrder() throws IOException {
        fixture.run(fixture.plan(fixture.request(2).wantTotal(true).build()));

        assertThat(fixture.listener.all(StepDone.class))
                .extracting(StepDone::step)
                .containsExactly(Step.values());
        assertThat(fixture.listener.all(RunEvent.Progress.class))
                .last()
                .satisfies(progress -> assertThat(progress.counts().succeeded()).isEqualTo(3));
        RunEvent.Transfer uploads = fixture.listener.all(RunEvent.Uploading.class).stream()
                .reduce((first, second) -> second)
                .orElseThrow()
                .transfer();
        // The program, two inputs, and the list file of each task.
        assertThat(uploads.filesDone()).isEqualTo(5).isEqualTo(uploads.files());
        assertThat(uploads.bytesDone()).isEqualTo(uploads.bytes()).isPositive();
    }

    @Test
    void tasksGetTheLeastRightsForTheTimeLimitAndAMargin() throws IOException {
        fixture.run(fixture.plan(fixture.request(1).build()));

        String id = "20261122-175901";
        assertThat(fixture.store.signatures())
                .allMatch(signature -> signature.endsWith(" PT1H20M"))
                .anyMatch(signature -> signature.startsWith("read application-" + id))
                .anyMatch(signature -> signature.startsWith("read input-" + id))
                .filteredOn(signature -> signature.startsWith("container "))
                .singleElement()
                .satisfies(signature -> assertThat(signature)
                        .startsWith("container output-" + id)
                        .contains(" [CREATE, WRITE] "));
    }

    @Test
    void aTaskHasNoSecretOnItsCommandLineAndItsLogsOutliveTheNode() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).keepJob(true).build());

        fixture.run(plan);

        TaskSpec task = fixture.queue.submitted(plan.job().id()).get(0);
        assertThat(task.commandLine()).doesNotContain("secret");
        assertThat(task.environment()).containsKey("OUTPUT_URL");
        assertThat(task.outputFiles())
                .extracting(OutputFile::pattern, OutputFile::path, OutputFile::condition)
                .containsExactly(
                        tuple("../stdout.txt", "task0.log/stdout.txt", OutputFile.Condition.FAILURE),
                        tuple("../stderr.txt", "task0.log/stderr.txt", OutputFile.Condition.FAILURE));
    }

    @Test
    void thePreparationTaskBringsTheProgramToTheNodes() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).keepJob(true).build());

        fixture.run(plan);

        JobNodeTask preparation = fixture.queue
                .find(plan.job().id())
                .orElseThrow()
                .spec()
                .preparation()
                .orElseThrow();
        assertThat(preparation.resourceFiles())
                .extracting(ResourceFile::path, file -> file.source().withoutSecret())
                .containsExactly(tuple(
                        "program.jar", "memory://store/" + plan.containers().application() + "/program.jar"));
        assertThat(preparation.commandLine()).doesNotContain("secret");
    }

    @Test
    void aFailingTaskIsToldOnceAndTheOthersResultsAreDownloaded() throws IOException {
        fixture.program.instead("task1", task -> new TaskStatus.Failed(3));
        fixture.queue.wrote("task1", "line 1\ncannot read input\n");

        RunResult result = fixture.run(fixture.plan(fixture.request(4).build()));

        Outcome.TaskFailed failure =
                new Outcome.TaskFailed("task1", new TaskStatus.Failed(3), "line 1\ncannot read input");
        assertThat(outcome(result, 1)).isEqualTo(failure);
        assertThat(fixture.listener.all(RunEvent.TaskFailed.class))
                .containsExactly(new RunEvent.TaskFailed("task1", failure.status(), failure.stderrTail()));
        assertThat(fixture.queue.hook.calls("tasks FAILED")).hasSize(1);
        assertThat(fixture.outputs())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("file0_OUTPUT.txt", "file2_OUTPUT.txt", "file3_OUTPUT.txt", "logs");
        assertThat(result.allDone()).isFalse();
    }

    @Test
    void theLogOfAFailedTaskIsReadFromTheStoreWhenItsNodeIsGone() throws IOException {
        fixture.program.instead("task0", task -> {
            fixture.program.put(task, "task0.log/stderr.txt", "last words".getBytes(StandardCharsets.UTF_8));
            return new TaskStatus.Failed(1);
        });

        RunResult result = fixture.run(fixture.plan(fixture.request(1).build()));

        assertThat(outcome(result, 0))
                .isEqualTo(new Outcome.TaskFailed("task0", new TaskStatus.Failed(1), "last words"));
    }

    @Test
    void aResultThatIsMissingOrDiffersIsAFailureOfItsOwn() throws IOException {
        String hash = "0".repeat(64);
        fixture.program.instead("task0", task -> new TaskStatus.Succeeded());
        fixture.program.instead("task1", task -> {
            fixture.program.putManifest(task, "twinbatch-manifest 1 0\n");
            return new TaskStatus.Succeeded();
        });
        fixture.program.instead("task2", task -> {
            fixture.program.putManifest(task, "twinbatch-manifest 1 1\n" + hash + " 3 file2_OUTPUT.txt\n");
            return new TaskStatus.Succeeded();
        });
        fixture.program.instead("task3", task -> {
            fixture.program.put(task, "file3_OUTPUT.txt", new byte[] {1, 2});
            fixture.program.putManifest(task, "twinbatch-manifest 1 1\n" + hash + " 3 file3_OUTPUT.txt\n");
            return new TaskStatus.Succeeded();
        });
        fixture.program.instead("task4", task -> {
            fixture.program.put(task, "file4_OUTPUT.txt", new byte[] {1, 2});
            fixture.program.putManifest(task, "twinbatch-manifest 1 1\n" + hash + " 2 file4_OUTPUT.txt\n");
            return new TaskStatus.Succeeded();
        });
        fixture.program.instead("task5", task -> {
            fixture.program.putManifest(task, "twinbatch-manifest 1 9\n");
            return new TaskStatus.Succeeded();
        });

        RunResult result = fixture.run(fixture.plan(fixture.request(7).build()));

        assertThat(result.inputs())
                .extracting(input -> input.outcome().getClass().getSimpleName())
                .containsExactly(
                        "OutputMissing",
                        "OutputMissing",
                        "OutputMissing",
                        "OutputDiffers",
                        "OutputDiffers",
                        "OutputMissing",
                        "Done");
        assertThat(outcome(result, 3).describe()).contains("has 2 bytes instead of 3");
        assertThat(fixture.outputs()).hasSize(1);
    }

    @Test
    void aGroupOfInputsIsOneTask() throws IOException {
        RunPlan plan = fixture.plan(
                fixture.request(5).grouping(new InputGrouping.Fixed(2)).build());

        RunResult result = fixture.run(plan);

        assertThat(plan.tasks()).hasSize(3);
        assertThat(result.allDone()).isTrue();
        assertThat(fixture.outputs()).hasSize(5);
        assertThat(fixture.outputs().get(3)).content().startsWith("task1 ");
    }

    @Test
    void aTotalIsMadeOfAllPartsInTheOrderOfTheTasks() throws IOException {
        RunResult result =
                fixture.run(fixture.plan(fixture.request(3).wantTotal(true).build()));

        assertThat(result.total()).get().isInstanceOf(Outcome.Done.class);
        assertThat(fixture.output.resolve("TOTAL_OUTPUT.txt"))
                .hasContent("taskTotal made this of task0.counts,task1.counts,task2.counts");
    }

    @Test
    void noTotalIsMadeWhenATaskFailed() throws IOException {
        fixture.program.instead("task0", task -> new TaskStatus.Failed(1));

        RunResult result =
                fixture.run(fixture.plan(fixture.request(2).wantTotal(true).build()));

        assertThat(result.total()).contains(new Outcome.NotRun("no total, because 1 of the tasks failed"));
        assertThat(fixture.listener.all(RunEvent.TotalStarted.class)).isEmpty();
    }

    @Test
    void aTotalThatFailsLeavesTheOtherResults() throws IOException {
        FailureInfo info = FailureInfo.of("BlobNotFound", "gone");
        fixture.program.instead("taskTotal", task -> new TaskStatus.CouldNotStart(info));

        RunResult result =
                fixture.run(fixture.plan(fixture.request(2).wantTotal(true).build()));

        assertThat(result.total())
                .contains(new Outcome.TaskFailed("taskTotal", new TaskStatus.CouldNotStart(info), ""));
        assertThat(fixture.outputs()).hasSize(2);
        assertThat(result.allDone()).isFalse();
    }

    @Test
    void theTimeLimitEndsTheJobAndWhatIsDoneIsCollected() throws IOException {
        fixture.program.instead("task1", task -> new TaskStatus.Running());
        RunPlan plan = fixture.plan(fixture.request(3).wantTotal(true).build());

        RunResult result = fixture.run(plan);

        assertThat(result.timedOut()).isTrue();
        assertThat(outcome(result, 0)).isInstanceOf(Outcome.Done.class);
        assertThat(outcome(result, 1))
                .isEqualTo(new Outcome.NotRun("not done when the time limit of 20 min was reached"));
        assertThat(outcome(result, 2)).isInstanceOf(Outcome.Done.class);
        assertThat(result.total()).get().isInstanceOf(Outcome.NotRun.class);
        assertThat(fixture.queue.hook.calls("terminate")).hasSize(1);
        assertThat(result.elapsed()).isEqualTo(Duration.ofMinutes(20));
        assertThat(fixture.listener.all(RunEvent.TimeLimitReached.class)).hasSize(1);
    }

    @Test
    void aFileThatAppearsDuringTheRunIsNotOverwrittenAndItsResultIsKept() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        Files.createDirectories(fixture.output);
        Files.writeString(fixture.output.resolve("file0_OUTPUT.txt"), "mine");

        RunResult result = fixture.run(plan);

        assertThat(fixture.output.resolve("file0_OUTPUT.txt")).hasContent("mine");
        assertThat(outcome(result, 0)).isInstanceOf(Outcome.NotDownloaded.class);
        assertThat(outcome(result, 1)).isInstanceOf(Outcome.Done.class);
        assertThat(result.remaining())
                .containsExactlyInAnyOrder(
                        new Remaining(
                                Resource.CONTAINER, plan.containers().output().value(), Reason.HOLDS_RESULTS),
                        new Remaining(
                                Resource.CONTAINER,
                                plan.containers().application().value(),
                                Reason.HOLDS_RESULTS),
                        new Remaining(Resource.JOB, plan.job().id().value(), Reason.HOLDS_RESULTS));
        assertThat(fixture.store.head(new ObjectKey(plan.containers().output(), "file0_OUTPUT.txt")))
                .isPresent();
        assertThat(fixture.outputs()).hasSize(2);
    }

    @Test
    void anExistingResultIsReplacedWithForce() throws IOException {
        Files.createDirectories(fixture.output);
        Files.writeString(fixture.output.resolve("file0_OUTPUT.txt"), "old");

        RunResult result =
                fixture.run(fixture.plan(fixture.request(1).force(true).build()));

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.outputs())
                .singleElement()
                .satisfies(file -> assertThat(file).content().startsWith("task0"));
    }

    @Test
    void aDownloadThatFailsIsNotTheOthersFailure() throws IOException {
        BatchException full = new BatchException(ErrorCode.QUOTA, "disk", "it is full");
        RunPlan plan = fixture.plan(fixture.request(3).build());
        fixture.store.hook.failOn("get " + plan.containers().output() + "/file1_OUTPUT.txt", full);

        RunResult result = fixture.run(plan);

        assertThat(outcome(result, 1)).isInstanceOfSatisfying(Outcome.NotDownloaded.class, outcome -> {
            assertThat(outcome.local()).isTrue();
            assertThat(outcome.cause())
                    .isEqualTo("computed, but not downloaded: output folder " + fixture.output
                            + ": its disk is full; make room");
        });
        assertThat(outcome(result, 2).isDone()).isTrue();
        assertThat(fixture.outputs()).hasSize(2);
    }

    @Test
    void aJobThatSomebodyEndsIsNotWaitedFor() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).build());
        fixture.program.instead("task0", task -> {
            fixture.queue.end(plan.job().id());
            return fixture.program.succeed(task);
        });

        RunResult result = fixture.run(plan);

        assertThat(result.ending()).isEqualTo(Ending.FAILED);
        assertThat(result.failure())
                .get()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("it was terminated while it had tasks to run: AskedFor"));
        assertThat(outcome(result, 0).isDone()).isTrue();
        assertThat(outcome(result, 1)).isInstanceOf(Outcome.NotRun.class);
    }

    @Test
    void theTotalsPoolFailureIsTheRunsFailure() throws IOException {
        fixture.program.instead("taskTotal", task -> new TaskStatus.Running());
        fixture.program.instead("task1", task -> {
            fixture.pools.hasNodes(ScriptedComputePool.failedNode("n", 7));
            return fixture.program.succeed(task);
        });

        RunResult result =
                fixture.run(fixture.plan(fixture.request(2).wantTotal(true).build()));

        assertThat(result.failure()).isPresent();
        assertThat(result.total()).get().isInstanceOf(Outcome.NotRun.class);
        assertThat(outcome(result, 0).isDone()).isTrue();
        assertThat(result.failure().map(BatchException::code)).isEqualTo(Optional.of(ErrorCode.CONFLICT));
    }

    @Test
    void hundredsOfSmallInputsAreAFewTasksAndAFewRequests() throws IOException {
        List<InputFile> inputs = fixture.inputs(600);
        RunRequest request = RunRequest.builder(inputs, fixture.program, fixture.output)
                .grouping(new InputGrouping.Auto())
                .build();

        RunPlan plan = fixture.plan(request);
        RunResult result = fixture.run(plan);

        assertThat(plan.tasks()).hasSizeBetween(8, 16);
        assertThat(result.allDone()).isTrue();
        assertThat(fixture.queue.hook.calls("submit")).hasSize(1);
        assertThat(fixture.queue.hook.calls("tasks")).hasSize(1);
    }

    @Test
    void theLogsOfTasksComeToTheOutputFolderOnRequest() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).keepLogs(KeptLogs.ALL).build());
        fixture.queue.wrote("task0", "what it wrote");

        fixture.run(plan);

        assertThat(fixture.output.resolve("logs/task0/stderr.txt")).hasContent("what it wrote");
        // Its node is gone.
        assertThat(fixture.output.resolve("logs/task1")).doesNotExist();
    }

    @Test
    void theLogsOfFailedTasksAreKeptWithoutARequest() throws IOException {
        fixture.program.instead("task1", task -> new TaskStatus.Failed(7));
        fixture.queue.wrote("task0", "all went well");
        fixture.queue.wrote("task1", "why it failed");

        RunResult result = fixture.run(fixture.plan(fixture.request(2).build()));

        assertThat(fixture.output.resolve("logs/task1/stderr.txt")).hasContent("why it failed");
        assertThat(fixture.output.resolve("logs/task0")).doesNotExist();
        assertThat(result.logs()).contains(new RunResult.Logs(fixture.output.resolve("logs"), 1, 0, false));
    }

    @Test
    void theLogsOfTasksThatLeaveNoResultAreKept() throws IOException {
        fixture.program.instead("task0", task -> new TaskStatus.Succeeded());
        fixture.queue.wrote("task0", "nothing to do");

        fixture.run(fixture.plan(fixture.request(1).build()));

        assertThat(fixture.output.resolve("logs/task0/stderr.txt")).hasContent("nothing to do");
    }

    @Test
    void ofManyLongLogsOfFailedTasksEnoughIsKept() throws IOException {
        String end = "the reason";
        for (int i = 0; i < 60; i++) {
            fixture.program.instead("task" + i, task -> new TaskStatus.Failed(7));
            fixture.queue.wrote("task" + i, "-".repeat(i == 0 ? 2 << 20 : 10) + end);
        }

        RunResult result = fixture.run(fixture.plan(fixture.request(60).build()));

        assertThat(result.logs()).contains(new RunResult.Logs(fixture.output.resolve("logs"), 50, 10, true));
        assertThat(Files.readString(fixture.output.resolve("logs/task0/stderr.txt")))
                .hasSize(1 << 20)
                .endsWith(end);
    }

    @Test
    void noLogsAreKeptWhenNoneAreWanted() throws IOException {
        fixture.program.instead("task0", task -> new TaskStatus.Failed(7));
        fixture.queue.wrote("task0", "why it failed");

        RunResult result = fixture.run(
                fixture.plan(fixture.request(1).keepLogs(KeptLogs.NONE).build()));

        assertThat(fixture.output.resolve("logs")).doesNotExist();
        assertThat(result.logs()).isEmpty();
    }
}
