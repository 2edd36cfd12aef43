package io.twinbatch.app.runreport;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.app.report.FinishedRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what the plan, the result and the listing of the tasks say of each task. */
final class ReportRows {
    private ReportRows() {}

    /** All tasks, the worst first. */
    static List<ReportRow> of(FinishedRun run) {
        Map<String, Task> listed = new HashMap<>();
        run.history().tasks().forEach(task -> listed.put(task.key().task(), task));
        Map<String, List<InputResult>> inputs = new LinkedHashMap<>();
        for (InputResult input : run.result().inputs()) {
            input.taskId()
                    .ifPresent(task -> inputs.computeIfAbsent(task, id -> new ArrayList<>())
                            .add(input));
        }
        List<ReportRow> rows = new ArrayList<>();
        inputs.forEach((id, itsInputs) ->
                rows.add(new ReportRow(id, itsInputs, Optional.ofNullable(listed.get(id)), worst(itsInputs))));
        run.header()
                .plan()
                .total()
                .ifPresent(total -> run.result()
                        .total()
                        .ifPresent(outcome -> rows.add(new ReportRow(
                                total.id(), List.of(), Optional.ofNullable(listed.get(total.id())), outcome))));
        rows.sort(ReportRow.WORST_FIRST);
        return rows;
    }

    private static Outcome worst(List<InputResult> inputs) {
        return inputs.stream()
                .map(InputResult::outcome)
                .filter(outcome -> !outcome.isDone())
                .findFirst()
                .orElseGet(() -> inputs.get(0).outcome());
    }
}
