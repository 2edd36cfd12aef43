package io.twinbatch.app.report;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What went wrong in a run: each input without a result, and once for each task what it wrote. */
public final class FailureSummary {
    private static final int TAIL_LINES = 20;

    /** How many inputs are named that share the cause; more are counted. */
    private static final int NAMED = 10;

    private final ErrorStream stream;
    private final Set<String> shownTasks = new HashSet<>();

    /** Prints to a stream. */
    public FailureSummary(ErrorStream stream) {
        this.stream = stream;
    }

    /** Prints what went wrong; nothing when everything went well. */
    public void print(RunResult result) {
        result.failure().ifPresent(failure -> stream.failure("twinbatch: " + failure.getMessage()));
        Map<String, Long> shared = shared(result);
        for (InputResult input : result.inputs()) {
            if (!input.outcome().isDone() && !shared.containsKey(cause(input.outcome()))) {
                print(input.input().file().label(), input.outcome());
            }
        }
        shared.forEach((cause, count) ->
                stream.error("twinbatch: no result for " + HumanFormat.count(count, "input") + ": " + cause));
        result.total().filter(total -> !total.isDone()).ifPresent(total -> print("the total", total));
    }

    /** The causes that too many inputs share for each to be named, with how many. */
    private static Map<String, Long> shared(RunResult result) {
        Map<String, Long> inputs = result.inputs().stream()
                .map(InputResult::outcome)
                .filter(outcome -> outcome instanceof Outcome.NotRun || outcome instanceof Outcome.NotDownloaded)
                .collect(Collectors.groupingBy(FailureSummary::cause, LinkedHashMap::new, Collectors.counting()));
        inputs.values().removeIf(count -> count <= NAMED);
        return inputs;
    }

    private static String cause(Outcome outcome) {
        return outcome instanceof Outcome.NotDownloaded kept ? kept.cause() : outcome.describe();
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
