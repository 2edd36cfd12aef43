package io.twinbatch.api.workflow.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.SpecLimits;
import io.twinbatch.api.workflow.Fixture;
import io.twinbatch.api.workflow.TestProgram;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunRequest.Limits;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import io.twinbatch.api.workflow.model.TaskRow;
import io.twinbatch.api.workflow.model.TaskRow.RowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlannerTest {
    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeFixture() throws IOException {
        fixture = new Fixture(folder);
    }

    private void assertRefused(ErrorCode code, String message, RunRequest request) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> fixture.plan(request))
                .withMessageContaining(message)
                .returns(code, BatchException::code);
    }

    @Test
    void aPlanSaysWhatIsGoingToBeCreatedAndTouchesNothing() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(2).wantTotal(true).build());

        assertThat(plan.id().value()).matches("20261122-175901-[0-9a-z]{4}");
        assertThat(plan.containers().all())
                .extracting(container -> container.value().replace(plan.id().value(), "ID"))
                .containsExactly("application-ID", "input-ID", "output-ID");
        assertThat(plan.tasks()).extracting(PlannedTask::id).containsExactly("task0", "task1");
        assertThat(plan.tasks().get(1).work().countsObject()).contains("task1.counts");
        assertThat(plan.total().orElseThrow().command().commandLine()).isEqualTo("join counts-0 counts-1");
        assertThat(plan.pool().metadata())
                .containsEntry("twinbatch_run", plan.id().value());
        assertThat(plan.job().maxWallClockTime()).contains(Duration.ofMinutes(80));
        assertThat(fixture.store.containers()).isEmpty();
        assertThat(fixture.output).doesNotExist();
    }

    @Test
    void theProgramComesWithTheJobAndNotWithThePool() throws IOException {
        RunPlan plan = fixture.plan(fixture.request(1).build());

        assertThat(plan.pool().startTask()).isEqualTo(fixture.program.startTask());
        assertThat(plan.pool().startTask().orElseThrow().resourceFiles()).isEmpty();
        assertThat(plan.job().preparation())
                .contains(new JobNodeTask("/bin/chmod a+rx ./program.jar", List.of(), Map.of(), false));
    }

    @Test
    void aScriptOfTheProgramRunsAfterItsFilesHaveCome() throws IOException {
        fixture.program.preparationScript("prepare.sh");

        RunPlan plan = fixture.plan(fixture.request(1).build());

        assertThat(plan.job().preparation())
                .contains(new JobNodeTask(
                        "/bin/sh -c '/bin/chmod a+rx ./program.jar && exec /bin/sh ./prepare.sh'",
                        List.of(),
                        Map.of(),
                        true));
    }

    @Test
    void aProgramWithoutFilesNeedsNoPreparation() throws IOException {
        TestProgram program = new TestProgram(fixture.store, Map.of());
        RunRequest request =
                RunRequest.builder(fixture.inputs(1), program, fixture.output).build();

        assertThat(fixture.plan(request).job().preparation()).isEmpty();
    }

    @Test
    void aRunWithoutInputsIsRefused() throws IOException {
        assertRefused(
                ErrorCode.INVALID, "there are no inputs", fixture.request(0).build());
    }

    @Test
    void moreFilesThanATaskCanHaveAreRefusedBeforeTheirUpload() throws IOException {
        Path file = fixture.input("a.txt").path();
        RowFile same = new RowFile(file, 1, "a.txt");
        List<RowFile> files = Collections.nCopies(SpecLimits.RESOURCE_FILES + 1, same);
        InputFile row = InputFile.ofRow(new TaskRow(1, 1, Map.of(), files, false));

        assertRefused(
                ErrorCode.INVALID,
                "resource files, and 50000 is the most",
                RunRequest.builder(List.of(row), fixture.program, fixture.output)
                        .build());
    }

    @Test
    void anInputThatHasVanishedIsRefused() throws IOException {
        RunRequest request = fixture.request(2).build();
        Files.delete(request.inputs().get(1).path());

        assertRefused(ErrorCode.NOT_FOUND, "file1.txt: it does not exist", request);
    }

    @Test
    void resultsThatExistAreNamedAndRefusedWithoutForce() throws IOException {
        RunRequest.Builder request = fixture.request(9).wantTotal(true);
        Files.createDirectories(fixture.output);
        for (int i = 0; i < 7; i++) {
            Files.writeString(fixture.output.resolve("file" + i + "_OUTPUT.txt"), "old");
        }

        assertRefused(ErrorCode.ALREADY_EXISTS, "file4_OUTPUT.txt and 2 more would be overwritten", request.build());
        assertThat(fixture.plan(request.force(true).build()).tasks()).hasSize(9);
    }

    @Test
    void aResultInThePlaceOfAnInputIsRefusedEvenWithForce() throws IOException {
        RunRequest request = RunRequest.builder(
                        List.of(fixture.input("a.txt"), fixture.input("a_OUTPUT.txt")),
                        fixture.program,
                        folder.resolve("in"))
                .force(true)
                .build();

        assertRefused(ErrorCode.INVALID, "it would overwrite an input", request);
    }

    @Test
    void anOutputFolderThatIsAFileIsRefused() throws IOException {
        Files.writeString(fixture.output, "a file");

        assertRefused(ErrorCode.INVALID, "is not a folder", fixture.request(1).build());
        RunRequest below = RunRequest.builder(fixture.inputs(1), fixture.program, fixture.output.resolve("x"))
                .build();
        assertRefused(ErrorCode.INVALID, "is not a folder", below);
    }

    @Test
    void anApplicationFileWithAStrangeNameIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "x");
        TestProgram strange = new TestProgram(fixture.store, Map.of("a;b", file));
        TestProgram missing = new TestProgram(fixture.store, Map.of("a", folder.resolve("none")));

        assertRefused(
                ErrorCode.INVALID,
                "application file a;b",
                RunRequest.builder(fixture.inputs(1), strange, fixture.output).build());
        assertRefused(
                ErrorCode.NOT_FOUND,
                "application file a",
                RunRequest.builder(fixture.inputs(1), missing, fixture.output).build());
    }

    @Test
    void aTotalOverMoreTasksThanOneCanNameIsRefused() throws IOException {
        RunRequest.Builder request = fixture.request(1001).wantTotal(true);

        assertRefused(ErrorCode.INVALID, "at most 1000 tasks, not 1001", request.build());
        assertThat(fixture.plan(request.grouping(new InputGrouping.Auto()).build())
                        .tasks())
                .hasSizeLessThan(20);
    }

    @Test
    void numbersThatCanNeverWorkAreRefusedAtOnce() {
        assertInvalid(() -> wish(0, 1, 1));
        assertInvalid(() -> wish(1, 257, 1));
        assertInvalid(() -> wish(1, 2, 3));
        assertInvalid(() -> wish(1, 2, 0));
        assertInvalid(() -> new Limits(Duration.ZERO, Optional.empty(), 0));
        assertInvalid(() -> new Limits(Duration.ofDays(7), Optional.empty(), 0));
        assertInvalid(() -> new Limits(Duration.ofDays(1), Optional.empty(), -1));
        assertInvalid(() -> new InputGrouping.Fixed(0));
        assertThat(wish(3, 5, 2).parallelTasks()).isEqualTo(6);
    }

    private static PoolRequest wish(int nodes, int slotsPerNode, int slotsPerTask) {
        return new PoolRequest(
                Optional.empty(), PoolSpec.DEFAULT_VM_SIZE, VmImage.UBUNTU_LTS, 0, nodes, slotsPerNode, slotsPerTask);
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(call)
                .returns(ErrorCode.INVALID, BatchException::code);
    }
}
