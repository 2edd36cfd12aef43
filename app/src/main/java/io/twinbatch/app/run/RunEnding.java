package io.twinbatch.app.run;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.app.exit.ExitCode;
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
        Stream<Outcome> outcomes =
                Stream.concat(result.inputs().stream().map(RunResult.InputResult::outcome), result.total().stream());
        boolean onlyDownloads =
                outcomes.filter(outcome -> !outcome.isDone()).allMatch(Outcome.NotDownloaded.class::isInstance);
        return onlyDownloads ? ExitCode.PROVIDER : ExitCode.TASKS_FAILED;
    }
}
