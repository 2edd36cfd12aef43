package io.twinbatch.app.report;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import java.util.HashSet;
import java.util.Set;

/** What went wrong in a run: each input without a result, and once for each task what it wrote. */
public final class FailureSummary {
    private static final int TAIL_LINES = 20;

    /** How many inputs that were not run are named; more are counted, since they all have the same reason. */
    private static final int NAMED_NOT_RUN = 10;

    private final ErrorStream stream;
    private final Set<String> shownTasks = new HashSet<>();

    /** Prints to a stream. */
    public FailureSummary(ErrorStream stream) {
        this.stream = stream;
    }

    /** Prints what went wrong; nothing when everything went well. */
    public void print(RunResult result) {
        result.failure().ifPresent(failure -> stream.failure("twinbatch: " + failure.getMessage()));
        long notRun = result.inputs().stream().filter(FailureSummary::isNotRun).count();
        for (InputResult input : result.inputs()) {
            if (!input.outcome().isDone() && (notRun <= NAMED_NOT_RUN || !isNotRun(input))) {
                print(input.input().file().label(), input.outcome());
            }
        }
        if (notRun > NAMED_NOT_RUN) {
            String reason = result.inputs().stream()
                    .filter(FailureSummary::isNotRun)
                    .map(input -> input.outcome().describe())
                    .findFirst()
                    .orElse("");
            stream.error("twinbatch: no result for " + HumanFormat.count(notRun, "input") + ": " + reason);
        }
        result.total().filter(total -> !total.isDone()).ifPresent(total -> print("the total", total));
    }

    private static boolean isNotRun(InputResult input) {
        return input.outcome() instanceof Outcome.NotRun;
    }

    private void print(String name, Outcome outcome) {
        stream.error("twinbatch: no result for " + name + ": " + outcome.describe());
        if (outcome instanceof Outcome.TaskFailed failed && shownTasks.add(failed.taskId())) {
            String[] lines = failed.stderrTail().lines().toArray(String[]::new);
            for (int i = Math.max(0, lines.length - TAIL_LINES); i < lines.length; i++) {
                stream.line("    | " + lines[i]);
            }
        }
    }
}
