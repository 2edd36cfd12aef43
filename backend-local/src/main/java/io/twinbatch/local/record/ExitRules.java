package io.twinbatch.local.record;

import io.twinbatch.api.job.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * What follows from which ending of a task.
 *
 * @param exitCodes by exit code; the first range that has the code counts
 * @param couldNotStart when its process never ran
 * @param uploadFailed when an output could not be uploaded and its exit code is not listed
 * @param otherwise for every other ending but exit code 0
 */
public record ExitRules(
        List<CodeRange> exitCodes,
        Optional<ExitOptions> couldNotStart,
        Optional<ExitOptions> uploadFailed,
        Optional<ExitOptions> otherwise) {
    /** The defaults of all endings. */
    public static final ExitRules DEFAULT =
            new ExitRules(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * What follows from some exit codes.
     *
     * @param first the first of them
     * @param last the last of them
     * @param options what follows
     */
    public record CodeRange(int first, int last, ExitOptions options) {}

    public ExitRules {
        exitCodes = List.copyOf(exitCodes);
    }

    /** Whether tasks that depend on a task may start after this ending of it. */
    public boolean satisfies(TaskStatus ending) {
        return options(ending).satisfies().orElse(ending instanceof TaskStatus.Succeeded);
    }

    /** What happens to the job after this ending, when the job asks for it. */
    public ExitOptions.JobAction action(TaskStatus ending) {
        ExitOptions.JobAction usual =
                ending instanceof TaskStatus.Succeeded ? ExitOptions.JobAction.NONE : ExitOptions.JobAction.TERMINATE;
        return options(ending).action().orElse(usual);
    }

    private ExitOptions options(TaskStatus ending) {
        if (ending instanceof TaskStatus.Succeeded) {
            return listed(0).orElse(ExitOptions.DEFAULT);
        }
        Optional<ExitOptions> found = Optional.empty();
        if (ending instanceof TaskStatus.Failed failed) {
            found = listed(failed.exitCode());
        } else if (ending instanceof TaskStatus.UploadFailed failed) {
            found = listed(failed.exitCode()).or(() -> uploadFailed);
        } else if (ending instanceof TaskStatus.CouldNotStart) {
            found = couldNotStart;
        }
        return found.or(() -> otherwise).orElse(ExitOptions.DEFAULT);
    }

    private Optional<ExitOptions> listed(int exitCode) {
        return exitCodes.stream()
                .filter(range -> range.first() <= exitCode && exitCode <= range.last())
                .map(CodeRange::options)
                .findFirst();
    }
}
