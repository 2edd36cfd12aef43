package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.workflow.Opening.Opened;
import io.twinbatch.api.workflow.RunEvent.Step;
import io.twinbatch.api.workflow.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.RunResult.Ending;
import io.twinbatch.api.workflow.RunResult.InputResult;
import io.twinbatch.api.workflow.RunResult.Remaining;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One run of one plan, from its first step to its last. */
final class Run {
    private final RunPlan plan;
    private final Steps steps;
    private final Events events;
    private final StepRunner runner;
    private final Cancellation cancellation;
    private final Opening opening;
    private final Set<String> finished;
    private final Owned owned = new Owned();
    private final Watch watch;
    private final TaskEndings endings;

    /** Outcomes by the names of the objects; inputs and the total never share one. */
    private final ConcurrentMap<String, Outcome> outcomes = new ConcurrentHashMap<>();

    private boolean opened;
    private boolean stopping;
    private String notRunReason = "not begun";
    private Optional<Outcome> totalOutcome = Optional.empty();

    private Run(RunPlan plan, Steps steps, StepRunner runner, Opening opening, Set<String> finished) {
        this.plan = plan;
        this.steps = steps;
        this.events = runner.events();
        this.runner = runner;
        this.cancellation = runner.cancellation();
        this.opening = opening;
        this.finished = finished;
        TaskFailures failures = steps.failures(plan, events);
        this.watch = steps.watch(plan, failures, cancellation, events);
        this.endings = steps.endings(plan, failures);
        outcomes.putAll(plan.upToDate());
    }

    /** A run that begins. */
    static Run of(RunPlan plan, Steps steps, StepRunner runner) {
        return new Run(plan, steps, runner, new FirstOpening(plan, steps, runner.events(), runner), Set.of());
    }

    /** A run that was cut off. */
    static Run of(Continuation continuation, Steps steps, StepRunner runner) {
        Opening opening = new NextOpening(continuation, steps, runner.events(), runner);
        return new Run(continuation.plan(), steps, runner, opening, continuation.finished());
    }

    RunResult execute(CleanupChoice choice) {
        Instant started = steps.clock().instant();
        Watch.End end;
        List<Remaining> remaining;
        try {
            end = work();
            remaining = steps.ending(plan, owned, events).afterwards(choice, holdsResults(), cancellation);
        } catch (InterruptedException e) {
            end = Watch.End.of(Ending.INTERRUPTED);
            remaining = abandon();
        } catch (RuntimeException | Error e) {
            if (!cancellation.explains(e)) {
                leaveOrRemove(e);
                throw e;
            }
            end = Watch.End.of(Ending.INTERRUPTED);
            remaining = abandon();
        }
        return result(started, end, remaining);
    }

    /** What can be gone on with, by whoever comes next, is worth more than a clean account. */
    private void leaveOrRemove(Throwable failure) {
        boolean canGoOn = opened
                ? !stopping && failure instanceof BatchException batch && Outage.mayPass(batch)
                : opening.canBeTriedAgain();
        if (canGoOn) {
            events.tell(new RunEvent.Left());
        } else {
            steps.ending(plan, owned, events).early(holdsResults());
        }
    }

    private List<Remaining> abandon() {
        cancellation.clearInterrupt();
        notRunReason = "the run was interrupted";
        // A download that the interruption broke off was no failure of its own, and its container goes.
        outcomes.values().removeIf(Outcome.NotDownloaded.class::isInstance);
        events.tell(new RunEvent.Interrupted());
        return steps.ending(plan, owned, events).early(false);
    }

    private Watch.End work() throws InterruptedException {
        Opened job = opening.open(owned);
        opened = true;
        Watch.End end = job.totalBegun()
                ? Watch.End.of(Ending.COMPLETED)
                : events.step(Step.WATCH, () -> watch.until(job.tasks(), job.limit(), job.deadline()));
        if (end.ending() == Ending.COMPLETED && plan.total().isPresent()) {
            end = total(plan.total().get(), job);
        }
        if (end.ending() != Ending.COMPLETED) {
            stop(end, job.limit());
        }
        collect(job);
        return end;
    }

    private Watch.End total(PlannedTotal total, Opened job) throws InterruptedException {
        if (!job.totalBegun()) {
            TaskCounts counts = steps.queue().counts(plan.job().id());
            if (counts.failed() > 0) {
                totalOutcome = Optional.of(
                        new Outcome.NotRun("no total was made, because " + counts.failed() + " of the tasks failed"));
                return Watch.End.of(Ending.COMPLETED);
            }
        }
        return events.step(Step.TOTAL, () -> {
            steps.submission().submitTotal(plan, total, events);
            return watch.until(job.tasks() + 1, job.limit(), job.deadline());
        });
    }

    /** Ends the job, so that what is done can be told from what is not. */
    private void stop(Watch.End end, Duration limit) throws InterruptedException {
        stopping = true;
        if (end.ending() == Ending.TIMED_OUT) {
            events.tell(new RunEvent.TimeLimitReached(limit));
            notRunReason = "not done when the time limit of " + RunTimes.inWords(limit) + " was reached";
        } else {
            notRunReason = "not done when the run failed: "
                    + end.failure().map(BatchException::getMessage).orElse("");
        }
        endings.terminate(steps.waiter(), steps.clock());
    }

    private void collect(Opened job) throws InterruptedException {
        Map<String, TaskEndings.End> ends = endings.all();
        List<ExpectedOutputs> expected = new ArrayList<>();
        for (PlannedTask task : plan.tasks()) {
            TaskEndings.End end = finished.contains(task.id())
                    ? TaskEndings.End.SUCCEEDED
                    : ends.getOrDefault(task.id(), TaskEndings.End.OPEN);
            if (end.succeeded()) {
                expected.add(ExpectedOutputs.of(task));
            }
            end.failure()
                    .ifPresent(failure -> task.inputs().forEach(input -> outcomes.put(input.outputObject(), failure)));
        }
        plan.total().filter(total -> totalOutcome.isEmpty()).ifPresent(total -> {
            TaskEndings.End end = ends.getOrDefault(total.id(), TaskEndings.End.OPEN);
            if (end.succeeded()) {
                expected.add(ExpectedOutputs.of(total));
            }
            end.failure().ifPresent(failure -> outcomes.put(total.work().outputObject(), failure));
        });
        runner.run(Step.DOWNLOAD, () -> steps.collection().collect(plan, expected, job.contents(), outcomes, events));
    }

    private boolean holdsResults() {
        return outcomes.values().stream().anyMatch(Outcome.NotDownloaded.class::isInstance);
    }

    private RunResult result(Instant started, Watch.End end, List<Remaining> remaining) {
        JobId job = plan.job().id();
        PoolId pool = plan.pool().id();
        Outcome notRun = new Outcome.NotRun(notRunReason);
        Map<String, String> tasks = new HashMap<>();
        plan.tasks().forEach(task -> task.inputs().forEach(input -> tasks.put(input.outputObject(), task.id())));
        List<InputResult> inputs = plan.inputs().stream()
                .map(input -> new InputResult(
                        input,
                        Optional.ofNullable(tasks.get(input.outputObject())),
                        outcomes.getOrDefault(input.outputObject(), notRun)))
                .toList();
        Optional<Outcome> total = plan.total()
                .map(planned -> totalOutcome.orElseGet(
                        () -> outcomes.getOrDefault(planned.work().outputObject(), notRun)));
        Instant ended = steps.clock().instant();
        return new RunResult(
                plan.id(), pool, job, started, ended, inputs, total, end.ending(), end.failure(), remaining);
    }
}
