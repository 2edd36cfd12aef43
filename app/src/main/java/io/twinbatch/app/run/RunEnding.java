package io.twinbatch.app.run;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.app.exit.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From the result of a run to the exit code of the process. */
public final class RunEnding {
    private RunEnding() {}

    /**
     * The exit code.
     *
     * @param signal the exit code of the signal that interrupted the run, if one did
     */
    public static ExitCode exitCode(RunResult result, Optional<ExitCode> signal) {
        return switch (result.ending()) {
            case INTERRUPTED -> signal.orElse(ExitCode.INTERRUPTED);
            case TIMED_OUT -> ExitCode.TIME_LIMIT;
            case FAILED -> ExitCode.PROVIDER;
            case COMPLETED -> completed(result);
        };
    }

    /** That results exist but could not be fetched is not the tasks' fault. */
    private static ExitCode completed(RunResult result) {
        if (result.allDone()) {
            return ExitCode.DONE;
        }
        List<Outcome> missing = Stream.concat(
                        result.inputs().stream().map(RunResult.InputResult::outcome), result.total().stream())
                .filter(outcome -> !outcome.isDone())
                .toList();
        if (!missing.stream().allMatch(Outcome.NotDownloaded.class::isInstance)) {
            return ExitCode.TASKS_FAILED;
        }
        boolean local =
                missing.stream().anyMatch(outcome -> outcome instanceof Outcome.NotDownloaded gone && gone.local());
        return local ? ExitCode.LOCAL_DISK : ExitCode.PROVIDER;
    }
}
