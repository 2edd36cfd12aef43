package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.api.workflow.resume.RunRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which inputs a run leaves out because their results are there. */
class SkipExistingTest {
    @TempDir
    private Path folder;

    private Fixture fixture;
    private List<InputFile> inputs;

    @BeforeEach
    void runOnce() throws IOException {
        fixture = new Fixture(folder);
        fixture.program.fingerprint("words 3");
        inputs = fixture.inputs(3);
        assertThat(fixture.run(fixture.plan(request().build())).allDone()).isTrue();
    }

    private RunRequest.Builder request() {
        return RunRequest.builder(inputs, fixture.program, fixture.output);
    }

    private RunPlan again() {
        return fixture.plan(request().skipExisting(true).build());
    }

    private static List<String> open(RunPlan plan) {
        return plan.tasks().stream()
                .flatMap(task -> task.inputs().stream())
                .map(PlannedInput::outputFileName)
                .toList();
    }

    @Test
    void aRunOfTheSameAgainDoesNothingAndHasAllResults() {
        int before = fixture.program.ran().size();
        int calls = fixture.store.hook.calls("").size();

        RunResult result = fixture.run(again());

        assertThat(result.allDone()).isTrue();
        assertThat(result.inputs())
                .allSatisfy(input -> assertThat(input.outcome()).isInstanceOf(Outcome.UpToDate.class))
                .extracting(InputResult::taskId)
                .containsOnly(Optional.empty());
        assertThat(fixture.program.ran()).hasSize(before);
        assertThat(fixture.store.hook.calls("")).hasSize(calls);
    }

    @Test
    void newInputsAloneAreRunAndTheResultsAreInTheOrderOfTheInputs() throws IOException {
        inputs = List.of(inputs.get(0), fixture.input("new.txt"), inputs.get(1), inputs.get(2));

        RunResult result = fixture.run(again());

        assertThat(result.allDone()).isTrue();
        assertThat(result.inputs())
                .extracting(input -> input.input().outputFileName())
                .containsExactly("file0_OUTPUT.txt", "new_OUTPUT.txt", "file1_OUTPUT.txt", "file2_OUTPUT.txt");
        assertThat(result.inputs().get(1).outcome()).isInstanceOf(Outcome.Done.class);
        assertThat(open(again())).isEmpty();
    }

    @Test
    void anInputWhoseContentHasChangedIsRunButItsResultIsNotOverwrittenUnasked() throws IOException {
        Files.writeString(inputs.get(1).path(), "other text");

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(this::again)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
                .withMessageContaining("file1_OUTPUT.txt");
        RunPlan plan = fixture.plan(request().skipExisting(true).force(true).build());

        assertThat(open(plan)).containsExactly("file1_OUTPUT.txt");
        assertThat(fixture.run(plan).allDone()).isTrue();
        assertThat(open(again())).isEmpty();
    }

    @Test
    void aResultThatHasBeenChangedOrDeletedIsMadeAgain() throws IOException {
        Files.writeString(fixture.output.resolve("file0_OUTPUT.txt"), "x", StandardOpenOption.APPEND);
        Files.delete(fixture.output.resolve("file2_OUTPUT.txt"));

        assertThat(open(fixture.plan(request().skipExisting(true).force(true).build())))
                .containsExactly("file0_OUTPUT.txt", "file2_OUTPUT.txt");
    }

    @Test
    void anotherProgramMakesEverythingAgain() {
        fixture.program.fingerprint("words 10");

        assertThat(open(fixture.plan(request().skipExisting(true).force(true).build())))
                .hasSize(3);
    }

    @Test
    void filesThatNoRunHasNotedAreNoResults() throws IOException {
        Files.delete(fixture.output.resolve(".twinbatch-results"));

        assertThat(open(fixture.plan(request().skipExisting(true).force(true).build())))
                .hasSize(3);
    }

    @Test
    void anIndexThatWasCutOffOnlyCostsTheResultItHadLost() throws IOException {
        Path index = fixture.output.resolve(".twinbatch-results");
        String text = Files.readString(index);
        Files.writeString(index, text.substring(0, text.length() - 10));

        RunPlan plan = fixture.plan(request().skipExisting(true).force(true).build());
        assertThat(open(plan)).hasSize(1);
        assertThat(fixture.run(plan).allDone()).isTrue();

        assertThat(open(again())).isEmpty();
    }

    private List<String> reasons(RunRequest.Builder wanted) {
        String refusal = assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> fixture.plan(wanted.build()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
                .actual()
                .getMessage();
        Matcher reason = Pattern.compile("(file\\d_OUTPUT\\.txt) \\(([^)]+)\\)").matcher(refusal);
        return reason.results()
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }

    @Test
    void aResultThatIsInTheWayIsNamedWithTheReasonWhyItDoesNotCount() throws IOException {
        Files.writeString(inputs.get(0).path(), "other text");
        Files.writeString(fixture.output.resolve("file2_OUTPUT.txt"), "x", StandardOpenOption.APPEND);

        assertThat(reasons(request().skipExisting(true)))
                .containsExactly(
                        "file0_OUTPUT.txt made from other content", "file2_OUTPUT.txt changed since it was made");
        fixture.program.fingerprint("words 10");
        assertThat(reasons(request().skipExisting(true)))
                .hasSize(3)
                .contains("file1_OUTPUT.txt made with other options");
        fixture.program.fingerprint("letters 3");
        assertThat(reasons(request().skipExisting(true))).contains("file1_OUTPUT.txt made by another program");
        Files.delete(fixture.output.resolve(".twinbatch-results"));
        assertThat(reasons(request().skipExisting(true)))
                .contains("file1_OUTPUT.txt not known to be a result of this input");
    }

    @Test
    void aTotalThatIsUpToDateIsSkippedWithItsInputs() {
        RunRequest.Builder total = request().skipExisting(true).wantTotal(true);
        assertThat(fixture.run(fixture.plan(total.build())).allDone()).isTrue();
        int before = fixture.program.ran().size();

        RunResult again = fixture.run(fixture.plan(total.build()));

        assertThat(again.allDone()).isTrue();
        assertThat(again.total()).get().isInstanceOf(Outcome.UpToDate.class);
        assertThat(fixture.program.ran()).hasSize(before);
    }

    @Test
    void aTotalOfResultsThatAreThereAndNewOnesTakesTheirPlace() {
        List<InputFile> all = inputs;
        inputs = List.of(all.get(0));
        fixture.run(fixture.plan(request().skipExisting(true).build()));
        inputs = all;

        RunResult both = fixture.run(
                fixture.plan(request().skipExisting(true).wantTotal(true).build()));

        assertThat(both.allDone()).isTrue();
        assertThat(both.total()).get().isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aResumedRunMayReplaceWhatTheRunItselfMight() {
        RunPlan plan = fixture.plan(request().skipExisting(true).wantTotal(true).build());

        RunRecord record = RunRecord.of(plan, Map.of());

        assertThat(plan.replaceable()).hasSize(3);
        assertThat(RunPlanner.again(record, fixture.program, fixture.output).replaceable())
                .isEqualTo(plan.replaceable());
        assertThat(RunPlanner.again(record, fixture.program, folder.resolve("other"))
                        .replaceable())
                .as("in another output folder")
                .isEmpty();
    }

    @Test
    void aTotalOverOtherInputsIsMadeAgainFromAllOfThem() throws IOException {
        fixture.run(fixture.plan(request().skipExisting(true).wantTotal(true).build()));
        inputs = List.of(inputs.get(0), inputs.get(1));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> fixture.plan(
                        request().skipExisting(true).wantTotal(true).build()))
                .withMessageContaining("TOTAL_OUTPUT.txt (made from other content)");
        RunPlan plan = fixture.plan(
                request().skipExisting(true).wantTotal(true).force(true).build());

        assertThat(open(plan)).containsExactly("file0_OUTPUT.txt", "file1_OUTPUT.txt");
        assertThat(plan.total()).isPresent();
    }

    private InputFile sameName(String folderName) throws IOException {
        Path file = Files.createDirectories(folder.resolve("texts").resolve(folderName))
                .resolve("same.txt");
        return InputFile.of(Files.writeString(file, "text of " + folderName));
    }

    private static List<String> names(RunPlan plan) {
        return plan.inputs().stream().map(PlannedInput::outputFileName).toList();
    }

    @Test
    void anInputKeepsTheNameOfItsResultWhateverElseIsProcessed() throws IOException {
        InputFile one = sameName("one");
        InputFile two = sameName("two");
        InputFile three = sameName("three");
        inputs = List.of(one, two);
        fixture.run(fixture.plan(request().build()));

        inputs = List.of(two, one);
        assertThat(names(again())).containsExactly("same-2_OUTPUT.txt", "same_OUTPUT.txt");
        assertThat(open(again())).isEmpty();
        inputs = List.of(two);
        assertThat(open(again())).isEmpty();
        inputs = List.of(three, two);
        assertThat(names(again())).containsExactly("same-3_OUTPUT.txt", "same-2_OUTPUT.txt");
        assertThat(open(again())).containsExactly("same-3_OUTPUT.txt");
    }

    @Test
    void aFileThatWasOnlyMovedKeepsItsResult() throws IOException {
        inputs = List.of(sameName("one"));
        fixture.run(fixture.plan(request().build()));
        Path moved = Files.createDirectories(folder.resolve("elsewhere")).resolve("same.txt");
        inputs = List.of(InputFile.of(Files.move(inputs.get(0).path(), moved)));

        assertThat(open(again())).isEmpty();
    }

    @Test
    void withTheTreeKeptResultsLieInTheFoldersOfTheirInputs() throws IOException {
        Path file = sameName("one").path();
        inputs = List.of(
                new InputFile(file, "texts/one/same.txt", 1),
                new InputFile(sameName("two").path(), "../x/./two/same.txt", 1),
                new InputFile(sameName("three").path(), "same.txt", 1));
        RunRequest.Builder tree = request().keepTree(true);

        RunResult result = fixture.run(fixture.plan(tree.build()));

        assertThat(result.allDone()).isTrue();
        assertThat(fixture.output.resolve("texts/one/same_OUTPUT.txt")).exists();
        assertThat(fixture.output.resolve("x/two/same_OUTPUT.txt")).exists();
        assertThat(fixture.output.resolve("same_OUTPUT.txt")).exists();
        assertThat(open(fixture.plan(tree.skipExisting(true).build()))).isEmpty();
    }

    @Test
    void aResumedRunNotesWhatItsResultsWereMadeFromAsWell() throws IOException {
        fixture = new Fixture(Files.createDirectory(folder.resolve("second")));
        fixture.program.fingerprint("words 3");
        inputs = fixture.inputs(2);
        RunPlan plan = fixture.plan(request().build());
        fixture.queue.hook.failOn("counts", new IllegalStateException("died"));
        fixture.store.hook.react(call -> {
            if (call.startsWith("deleteContainer")) {
                throw new IllegalStateException("died");
            }
        });
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> fixture.run(plan));
        fixture.queue.hook.react(call -> {});
        fixture.store.hook.react(call -> {});
        RunRecord record = new RunRecords(fixture.store).find(plan.id()).orElseThrow();

        ResumePlan continuation = fixture.workflow.continuation(record, fixture.program, fixture.output);
        assertThat(fixture.workflow
                        .resume(continuation, fixture.listener, CleanupChoice.DELETE)
                        .allDone())
                .isTrue();

        assertThat(open(again())).isEmpty();
    }
}
