package io.twinbatch.api.workflow.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.workflow.Fixture;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.TaskRow;
import io.twinbatch.api.workflow.plan.RunPlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTextTest {
    @TempDir
    private Path folder;

    private RunRecord record() throws IOException {
        Fixture fixture = new Fixture(folder);
        RunRequest request = RunRequest.builder(
                        List.of(
                                fixture.input("a b=c#!:\u00e4\u0416.txt"),
                                fixture.input("x/a.txt"),
                                fixture.input("back\\slash\u2028.txt")),
                        fixture.program,
                        fixture.output)
                .force(true)
                .wantTotal(true)
                .grouping(new InputGrouping.Fixed(2))
                .pool(new RunRequest.PoolRequest(
                        Optional.of(new PoolId("shared")), "small", new VmImage("a", "b", "c"), 1, 2, 4, 2))
                .jobId(new JobId("nightly"))
                .limits(new RunRequest.Limits(Duration.ofMinutes(90), Optional.of(Duration.ofSeconds(7)), 2))
                .keepJob(true)
                .keepPool(true)
                .owner(new RunOwner("ada@laptop"))
                .notes(Map.of("words", "10", "odd = key", " \n\t\ud800 "))
                .build();
        return RunRecord.of(fixture.plan(request), Map.of("a", "b", "c", "d"));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        RunRecord record = record();

        String text = RunRecordText.write(record);

        assertThat(text).isASCII();
        assertThat(RunRecordText.read("the record", text)).isEqualTo(record);
    }

    @Test
    void aPlanOfARecordIsThePlanThatWasRecorded() throws IOException {
        Fixture fixture = new Fixture(folder);
        RunPlan plan = fixture.plan(fixture.request(5).wantTotal(true).build());

        RunRecord read = RunRecordText.read("the record", RunRecordText.write(RunRecord.of(plan, Map.of())));
        RunPlan again = RunPlanner.again(read, fixture.program, fixture.output);

        assertThat(again).usingRecursiveComparison().isEqualTo(plan);
    }

    @Test
    void theResultsThatMayBeReplacedComeBackAndLieInTheOutputFolder() throws IOException {
        Fixture fixture = new Fixture(folder);
        RunRecord plain = RunRecord.of(fixture.plan(fixture.request(1).build()), Map.of());
        RunRecord record = new RunRecord(
                plain.id(),
                plain.job(),
                plain.asked(),
                plain.tasks(),
                plain.total(),
                plain.contents(),
                plain.names(),
                Set.of("a b.txt", "folder/c.txt"));

        String text = RunRecordText.write(record);

        assertThat(RunRecordText.read("the record", text)).isEqualTo(record);
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> RunRecordText.read("the record", text.replace("folder/c.txt", "../c.txt")));
    }

    @Test
    void theRowsOfATableComeBack() throws IOException {
        Fixture fixture = new Fixture(folder);
        Map<String, String> variables = new LinkedHashMap<>(Map.of("z", "two\nlines = \u00fc"));
        variables.put("a", "");
        TaskRow row = new TaskRow(
                4, 2, variables, List.of(new TaskRow.RowFile(fixture.input("r").path(), 9, "ref/r")), true);
        List<InputFile> inputs = List.of(
                fixture.input("x.txt").withRow(row), InputFile.ofRow(new TaskRow(5, 1, Map.of(), List.of(), false)));
        RunPlan plan = fixture.plan(
                RunRequest.builder(inputs, fixture.program, fixture.output).build());

        RunRecord read = RunRecordText.read("the record", RunRecordText.write(RunRecord.of(plan, Map.of())));

        assertThat(read.inputs()).isEqualTo(plan.inputs());
        assertThat(read.inputs().get(0).file().row().orElseThrow().variables().keySet())
                .containsExactly("z", "a");
    }

    @Test
    void anotherFormatIsRefusedByItsNumber() throws IOException {
        String text = RunRecordText.write(record()).replace("format=4", "format=5");

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> RunRecordText.read("the record of run r", text))
                .withMessageContaining("format 4")
                .withMessageContaining("the record of run r")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void whatIsCutOffOrBrokenIsRefusedAndNotTakenForLess() throws IOException {
        String text = RunRecordText.write(record());
        List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();

        for (int i = 0; i < lines.size(); i++) {
            String without = String.join("\n", lines.subList(0, i))
                    + "\n"
                    + String.join("\n", lines.subList(i + 1, lines.size()));
            if (isOptional(lines.get(i))) {
                continue;
            }
            assertThatExceptionOfType(BatchException.class)
                    .as("without " + lines.get(i))
                    .isThrownBy(() -> RunRecordText.read("r", without))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
        }
        for (String broken : List.of("", "format=2\nrun=\\u00zz", "format=1\nrun=..", "\0\0\0")) {
            assertThatExceptionOfType(BatchException.class).isThrownBy(() -> RunRecordText.read("r", broken));
        }
    }

    private static boolean isOptional(String line) {
        return List.of("asked.jobId", "asked.owner", "asked.taskTimeLimit", "asked.pool.id").stream()
                        .anyMatch(line::startsWith)
                || line.matches("tasks\\.\\d+\\.counts=.*")
                || line.startsWith("total.id=");
    }
}
