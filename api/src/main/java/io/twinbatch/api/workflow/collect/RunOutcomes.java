package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What has become of the inputs of a run, and of its total, so far. */
public final class RunOutcomes {
    /** By the names of the result objects; inputs and the total never share one. */
    private final ConcurrentMap<String, Outcome> byObject = new ConcurrentHashMap<>();

    private String notRunReason = "not begun";
    private Optional<Outcome> noTotal = Optional.empty();

    public RunOutcomes(RunPlan plan) {
        byObject.putAll(plan.upToDate());
    }

    /** Those that are known, by the names of the result objects; what is put here is known from any thread. */
    public ConcurrentMap<String, Outcome> byObject() {
        return byObject;
    }

    /** What is said of all that has no outcome of its own. */
    public void notRunBecause(String reason) {
        notRunReason = reason;
    }

    /** No total is made. */
    public void noTotalBecause(String reason) {
        noTotal = Optional.of(new Outcome.NotRun(reason));
    }

    /** Whether it is known that no total is made. */
    public boolean hasNoTotal() {
        return noTotal.isPresent();
    }

    /** Whether all that a task is to leave has come. */
    public boolean isDone(ExpectedOutputs task) {
        return task.fileNames().keySet().stream()
                .allMatch(object -> byObject.get(object) instanceof Outcome.WithResult);
    }

    /** What a task is to leave has all come to this. */
    public void put(ExpectedOutputs task, Outcome outcome) {
        task.fileNames().keySet().forEach(object -> byObject.put(object, outcome));
    }

    /** The tasks that have not brought all that they were to leave. */
    public Set<String> tasksWithoutResult(RunPlan plan) {
        Set<String> tasks = new HashSet<>();
        inputs(plan).stream()
                .filter(input -> !input.outcome().isDone())
                .forEach(input -> input.taskId().ifPresent(tasks::add));
        plan.total().filter(total -> !isDone(ExpectedOutputs.of(total))).ifPresent(total -> tasks.add(total.id()));
        return tasks;
    }

    /** Whether a task is known to have failed. */
    public boolean anyTaskFailed() {
        return byObject.values().stream().anyMatch(Outcome.TaskFailed.class::isInstance);
    }

    /** Whether results are stored that have not come. */
    public boolean anyNotDownloaded() {
        return byObject.values().stream().anyMatch(Outcome.NotDownloaded.class::isInstance);
    }

    /** A download that an interruption broke off was no failure of its own. */
    public void forgetDownloads() {
        byObject.values().removeIf(Outcome.NotDownloaded.class::isInstance);
    }

    /** What is not done is tried again. */
    public void forgetFailures() {
        byObject.values().removeIf(outcome -> !outcome.isDone());
        noTotal = Optional.empty();
    }

    /** What has become of each input, in order. */
    public List<InputResult> inputs(RunPlan plan) {
        Outcome notRun = new Outcome.NotRun(notRunReason);
        Map<String, List<InputResult>> results = new HashMap<>();
        for (PlannedTask task : plan.tasks()) {
            for (PlannedInput input : task.inputs()) {
                Outcome outcome = byObject.getOrDefault(input.outputObject(), notRun);
                results.computeIfAbsent(input.whole().outputObject(), object -> new ArrayList<>())
                        .add(new InputResult(input.whole(), Optional.of(task.id()), outcome));
            }
        }
        return plan.inputs().stream()
                .map(input -> results.getOrDefault(input.outputObject(), List.of()).stream()
                        .min(Comparator.comparing(RunOutcomes::rank))
                        .orElseGet(() -> new InputResult(
                                input, Optional.empty(), byObject.getOrDefault(input.outputObject(), notRun))))
                .toList();
    }

    /** Of the pieces of an input that is not done, one that failed says more than one that waits for it. */
    private static int rank(InputResult piece) {
        if (piece.outcome() instanceof Outcome.NotRun) {
            return 1;
        }
        return piece.outcome().isDone() ? 2 : 0;
    }

    /** What has become of the total; empty when none was wanted. */
    public Optional<Outcome> total(RunPlan plan) {
        Outcome notRun = new Outcome.NotRun(notRunReason);
        return plan.total()
                .map(total -> noTotal.orElseGet(
                        () -> byObject.getOrDefault(total.work().outputObject(), notRun)));
    }
}
