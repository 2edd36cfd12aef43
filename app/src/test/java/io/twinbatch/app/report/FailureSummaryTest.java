package io.twinbatch.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.run.RunEnding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many inputs have no result for one cause. */
class FailureSummaryTest {
    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsToldOnceWithItsCountAndIsNotTheProvidersFault() throws IOException {
        RunResult result = result(
                87, true, number -> new BatchException(ErrorCode.QUOTA, "output folder out", "its disk is full"));

        assertThat(printed(result))
                .containsExactly("twinbatch: no result for 87 inputs: computed, but not downloaded: output folder out:"
                        + " its disk is full");
        assertThat(RunEnding.exitCode(result, Optional.empty())).isEqualTo(ExitCode.LOCAL_DISK);
    }

    @Test
    void aFailureOfTheProviderIsToldOnceAlthoughItNamesEachResult() throws IOException {
        RunResult result = result(
                11,
                false,
                number -> new BatchException(ErrorCode.UNAVAILABLE, "object out/" + number, "it does not answer"));

        assertThat(printed(result))
                .containsExactly(
                        "twinbatch: no result for 11 inputs: computed, but not downloaded: it does not answer");
        assertThat(RunEnding.exitCode(result, Optional.empty())).isEqualTo(ExitCode.PROVIDER);
    }

    @Test
    void aFewAreNamed() throws IOException {
        RunResult result =
                result(2, true, number -> new BatchException(ErrorCode.QUOTA, "output folder out", "its disk is full"));

        assertThat(printed(result))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("no result for ", "text"));
    }

    private interface FailureOf {
        BatchException of(int number);
    }

    private RunResult result(int inputs, boolean local, FailureOf failure) throws IOException {
        List<RunResult.InputResult> results = new ArrayList<>();
        for (int number = 0; number < inputs; number++) {
            Path file = Files.writeString(folder.resolve("text" + number), "words");
            results.add(new RunResult.InputResult(
                    new PlannedInput(
                            InputFile.of(file), "in-" + number, "in-" + number, "out-" + number, "out-" + number),
                    Optional.empty(),
                    new Outcome.NotDownloaded("out/" + number, local, failure.of(number))));
        }
        return new RunResult(
                new RunId("20261122-175901-k3f9"),
                new PoolId("pool"),
                new JobId("job"),
                Instant.EPOCH,
                Instant.EPOCH,
                results,
                Optional.empty(),
                RunResult.Ending.COMPLETED,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static List<String> printed(RunResult result) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ErrorStream stream = new ErrorStream(
                new PrintStream(written, true, StandardCharsets.UTF_8), Terminal.NONE, new TickingClock());
        new FailureSummary(stream).print(result);
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
