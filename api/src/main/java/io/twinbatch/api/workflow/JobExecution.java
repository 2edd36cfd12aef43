package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.workflow.JobStart.Opened;
import io.twinbatch.api.workflow.collect.ExpectedOutputs;
import io.twinbatch.api.workflow.collect.RunOutcomes;
import io.twinbatch.api.workflow.model.KeptLogs;
import io.twinbatch.api.workflow.model.ResultPart;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.api.workflow.model.RunResult.Logs;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.model.TaskProgram.TotalProgram;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.api.workflow.stage.CreatedResources;
import io.twinbatch.api.workflow.watch.TaskFailures;
import io.twinbatch.api.workflow.watch.TaskResults;
import io.twinbatch.api.workflow.watch.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The work of a run in one job: from its opening until what its tasks have stored is collected. */
final class JobExecution {
    private final RunPlan plan;
    private final WorkflowSteps steps;
    private final RunEvents events;
    private final StepRunner runner;
    private final JobStart opening;
    private final Set<String> finished;
    private final RunOutcomes outcomes;
    private final Watch watch;
    private final TaskResults endings;

    private Optional<Opened> opened = Optional.empty();
    private boolean stopping;
    private Set<String> leftNothing = Set.of();

    private JobExecution(
            RunPlan plan,
            WorkflowSteps steps,
            StepRunner runner,
            JobStart opening,
            Set<String> finished,
            RunOutcomes outcomes) {
        this.plan = plan;
        this.steps = steps;
        this.events = runner.events();
        this.runner = runner;
        this.opening = opening;
        this.finished = finished;
        this.outcomes = outcomes;
        TaskFailures failures = steps.failures(plan, events);
        this.watch = steps.watch(plan, failures, runner.cancellation(), events);
        this.endings = steps.endings(plan, failures);
    }

    /** The work of a run that begins. */
    static JobExecution first(RunPlan plan, WorkflowSteps steps, StepRunner runner, RunOutcomes outcomes) {
        JobStart opening = new InitialStart(plan, steps, runner.events(), runner);
        return new JobExecution(plan, steps, runner, opening, Set.of(), outcomes);
    }

    /** The work of a run that was cut off. */
    static JobExecution next(ResumePlan continuation, WorkflowSteps steps, StepRunner runner, RunOutcomes outcomes) {
        JobStart opening = new ResumeStart(continuation, steps, runner.events(), runner);
        return new JobExecution(continuation.plan(), steps, runner, opening, continuation.finished(), outcomes);
    }

    /** The plan, with the job that this is about. */
    RunPlan plan() {
        return plan;
    }

    /** Whether the run can be resumed after this failure. */
    boolean canResumeAfter(Throwable failure) {
        return opened.isPresent()
                ? !stopping
                        && failure instanceof BatchException batch
                        && batch.code().isTransient()
                : opening.canBeTriedAgain();
    }

    /** Executes the job: starts it, watches its tasks and downloads their results. */
    Watch.End execute(CreatedResources owned) throws InterruptedException {
        Opened job = opening.open(owned);
        opened = Optional.of(job);
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

    /**
     * Ends the job of a run that is interrupted, and downloads the results of the tasks that are done. Does nothing
     * before the tasks are submitted.
     *
     * @throws InterruptedException when this thread is interrupted again
     */
    void collectFinished() throws InterruptedException {
        if (opened.isEmpty()) {
            return;
        }
        stopping = true;
        endings.terminate(steps.waiter(), steps.clock());
        List<ExpectedOutputs> finishedTasks = finishedTasks();
        if (!finishedTasks.isEmpty()) {
            events.step(Step.DOWNLOAD, () -> collect(finishedTasks, opened.get()));
        }
    }

    private Watch.End total(PlannedTotal total, Opened job) throws InterruptedException {
        if (!job.totalBegun()) {
            TaskCounts counts = steps.queue().counts(plan.job().id());
            if (counts.failed() > 0) {
                outcomes.noTotalBecause("no total, because " + counts.failed() + " of the tasks failed");
                return Watch.End.of(Ending.COMPLETED);
            }
        }
        List<ResultPart> parts = job.totalBegun() || !combinesResults() ? List.of() : parts();
        if (outcomes.hasNoTotal()) {
            return Watch.End.of(Ending.COMPLETED);
        }
        return events.step(Step.TOTAL, () -> {
            if (!job.totalBegun()) {
                steps.submission().submitTotal(plan, total, parts, events);
            }
            return watch.until(job.tasks() + 1, job.limit(), job.deadline());
        });
    }

    private boolean combinesResults() {
        return plan.request()
                .program()
                .total()
                .filter(TotalProgram::combinesResults)
                .isPresent();
    }

    private List<ResultPart> parts() throws InterruptedException {
        List<ResultPart> parts = steps.collection()
                .stored(plan, problem -> outcomes.noTotalBecause("no total was made: " + problem.describe()));
        if (parts.size() > RunPlanner.MAX_PARTS_OF_TOTAL) {
            outcomes.noTotalBecause("no total was made: at most " + RunPlanner.MAX_PARTS_OF_TOTAL
                    + " results can be combined, and there are " + parts.size());
        }
        return parts;
    }

    /** Terminates the job, so that each task is either done or not. */
    private void stop(Watch.End end, Duration limit) throws InterruptedException {
        stopping = true;
        if (end.ending() == Ending.TIMED_OUT) {
            events.publish(new RunEvent.TimeLimitReached(limit));
            outcomes.notRunBecause("not done when the time limit of " + RunTimes.inWords(limit) + " was reached");
        } else {
            outcomes.notRunBecause("not done when the run failed: "
                    + end.failure().map(BatchException::getMessage).orElse(""));
        }
        endings.terminate(steps.waiter(), steps.clock());
    }

    private void collect(Opened job) throws InterruptedException {
        List<ExpectedOutputs> expected = finishedTasks();
        leftNothing = runner.get(Step.DOWNLOAD, () -> collect(expected, job));
    }

    /** Brings the logs that are wanted into the output folder. */
    Optional<Logs> keepLogs() throws InterruptedException {
        KeptLogs kept = plan.request().keepLogs();
        Set<String> failed = outcomes.tasksWithoutResult(plan);
        boolean none = kept == KeptLogs.NONE || (kept == KeptLogs.FAILED && failed.isEmpty());
        if (none || opened.isEmpty()) {
            return Optional.empty();
        }
        try {
            Set<String> begun = endings.begun();
            List<String> tasks = plan.taskIds().stream()
                    .filter(begun::contains)
                    .filter(task -> kept == KeptLogs.ALL || failed.contains(task))
                    .toList();
            return steps.logDownload().download(plan, tasks, kept, events);
        } catch (BatchException e) {
            events.warn("the logs of tasks could not be downloaded: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Set<String> collect(List<ExpectedOutputs> expected, Opened job) throws InterruptedException {
        return steps.collection().collect(plan, expected, job.contents(), outcomes.byObject(), events);
    }

    /** The tasks that are done and whose outputs are not here yet. Records how the others failed. */
    private List<ExpectedOutputs> finishedTasks() {
        Map<String, TaskResults.End> ends = endings.all(events);
        List<ExpectedOutputs> expected = new ArrayList<>();
        // What an earlier job of the run has brought is here already.
        for (ExpectedOutputs task : notDone()) {
            TaskResults.End end = finished.contains(task.taskId())
                    ? TaskResults.End.SUCCEEDED
                    : ends.getOrDefault(task.taskId(), TaskResults.End.OPEN);
            if (end.succeeded()) {
                expected.add(task);
            }
            end.failure().ifPresent(failure -> {
                outcomes.put(task, failure);
                task.afterFailure(failure).ifPresent(expected::add);
            });
        }
        return expected;
    }

    /** What the tasks of the plan are to leave, the total's among them, as far as it has not come. */
    private List<ExpectedOutputs> notDone() {
        TaskProgram program = plan.request().program();
        return Stream.concat(
                        plan.tasks().stream().map(task -> ExpectedOutputs.of(task, program)),
                        plan.total().stream().map(ExpectedOutputs::of))
                .filter(task -> !outcomes.isDone(task))
                .toList();
    }

    /**
     * The tasks that have to run again, because the store has lost what they had stored or were to read. A local store
     * loses its last seconds when it is killed.
     */
    Set<String> lost(Watch.End end) {
        if (end.ending() == Ending.TIMED_OUT) {
            return Set.of();
        }
        Set<String> lost = new HashSet<>(leftNothing);
        boolean mayHaveLackedFiles = end.ending() == Ending.FAILED || outcomes.anyTaskFailed();
        if (mayHaveLackedFiles && lacksFiles()) {
            notDone().forEach(task -> lost.add(task.taskId()));
        }
        return lost;
    }

    private boolean lacksFiles() {
        try {
            return !steps.staging().isWhole(plan);
        } catch (BatchException e) {
            // The failures themselves are reported, and matter more than this check.
            return false;
        }
    }

    /** The same in a further job, for what is not done. */
    JobExecution again() {
        Opened job = opened.orElseThrow();
        ResumePlan continuation = steps.resumption().again(plan, job.contents());
        JobStart next =
                new RerunStart(new ResumeStart(continuation, steps, events, runner), job.limit(), job.deadline());
        outcomes.forgetFailures();
        return new JobExecution(continuation.plan(), steps, runner, next, continuation.finished(), outcomes);
    }
}
