package io.twinbatch.app.report;

import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.report.ElapsedTime.Measured;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is known of a run at its end. The JSON document and the report both show it.
 *
 * @param command the command that ends, {@code run} or {@code resume}
 * @param header what was to be done
 * @param result how it went
 * @param exitCode the exit code of the program
 * @param time when the program worked
 * @param history what happened on the way
 * @param nodePrice the price of a node per hour; empty when it is not known
 */
public record FinishedRun(
        String command,
        RunHeader header,
        RunResult result,
        ExitCode exitCode,
        Measured time,
        RunHistory history,
        Optional<BigDecimal> nodePrice) {
    public FinishedRun {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(exitCode, "exitCode");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(nodePrice, "nodePrice");
    }

    /** How the run ended, in one word of the JSON document. */
    public String status() {
        return switch (result.ending()) {
            case TIMED_OUT -> "timedOut";
            case INTERRUPTED -> "interrupted";
            case FAILED -> "error";
            case COMPLETED -> exitCode == ExitCode.DONE ? "done" : "failed";
        };
    }
}
