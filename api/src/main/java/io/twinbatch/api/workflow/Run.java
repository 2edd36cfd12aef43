package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.collect.OutputCollection;
import io.twinbatch.api.workflow.collect.RunOutcomes;
import io.twinbatch.api.workflow.model.Cancellation;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.api.workflow.model.RunResult.Logs;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.stage.CreatedResources;
import io.twinbatch.api.workflow.watch.Watch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of one plan, from its first step to its last. */
final class Run {
    /** Bounds the work when a store loses objects again and again. */
    private static final int MAX_JOBS = 6;

    private final WorkflowSteps steps;
    private final RunEvents events;
    private final Cancellation cancellation;
    private final RunOutcomes outcomes;
    private final CreatedResources owned = new CreatedResources();
    private JobExecution work;
    private Optional<Logs> logs = Optional.empty();

    private Run(JobExecution first, RunOutcomes outcomes, WorkflowSteps steps, StepRunner runner) {
        this.steps = steps;
        this.events = runner.events();
        this.cancellation = runner.cancellation();
        this.outcomes = outcomes;
        this.work = first;
    }

    /** A run that begins. */
    static Run of(RunPlan plan, WorkflowSteps steps, StepRunner runner) {
        RunOutcomes outcomes = new RunOutcomes(plan);
        return new Run(JobExecution.first(plan, steps, runner, outcomes), outcomes, steps, runner);
    }

    /** A run that was cut off. */
    static Run of(ResumePlan continuation, WorkflowSteps steps, StepRunner runner) {
        RunOutcomes outcomes = new RunOutcomes(continuation.plan());
        return new Run(JobExecution.next(continuation, steps, runner, outcomes), outcomes, steps, runner);
    }

    RunResult execute(CleanupChoice choice) {
        Instant started = steps.clock().instant();
        Watch.End end;
        List<Remaining> remaining;
        try {
            end = work();
            logs = work.keepLogs();
            remaining = ending().afterwards(choice, outcomes.anyNotDownloaded(), cancellation);
        } catch (InterruptedException e) {
            end = Watch.End.of(Ending.INTERRUPTED);
            remaining = stop();
        } catch (RuntimeException | Error e) {
            if (!cancellation.explains(e)) {
                leaveOrRemove(e);
                throw e;
            }
            end = Watch.End.of(Ending.INTERRUPTED);
            remaining = stop();
        }
        OutputCollection.end(work.plan());
        return result(started, end, remaining);
    }

    /** One job does it, unless the store loses what the tasks need or leave. */
    private Watch.End work() throws InterruptedException {
        Watch.End end = work.execute(owned);
        Set<String> lost = work.lost(end);
        for (int jobs = 1; !lost.isEmpty() && jobs < MAX_JOBS; jobs++) {
            events.publish(new RunEvent.RunAgain(lost.size()));
            work = work.again();
            end = work.execute(owned);
            Set<String> lostNow = work.lost(end);
            if (lostNow.equals(lost)) {
                // The store did not lose it: these tasks do not produce their outputs.
                break;
            }
            lost = lostNow;
        }
        return end;
    }

    /** Keeps everything when the run can be resumed; deletes it otherwise. */
    private void leaveOrRemove(Throwable failure) {
        if (work.canResumeAfter(failure)) {
            events.publish(new RunEvent.Left());
        } else {
            ending().early(outcomes.anyNotDownloaded());
            OutputCollection.end(work.plan());
        }
    }

    /** Ends the tasks, keeps the results of those that are done, and deletes the rest. */
    private List<Remaining> stop() {
        cancellation.clearInterrupt();
        events.publish(new RunEvent.Interrupted());
        outcomes.notRunBecause("the run was interrupted");
        outcomes.forgetDownloads();
        try {
            work.collectFinished();
            logs = work.keepLogs();
        } catch (InterruptedException e) {
            // A second interruption: what has been downloaded until now is kept.
            cancellation.clearInterrupt();
            outcomes.forgetDownloads();
        } catch (BatchException e) {
            events.warn("the results of tasks that are done could not be downloaded: " + e.getMessage());
        }
        return ending().early(outcomes.anyNotDownloaded());
    }

    private RunCleanup ending() {
        return steps.ending(work.plan(), owned, events);
    }

    private RunResult result(Instant started, Watch.End end, List<Remaining> remaining) {
        RunPlan plan = work.plan();
        Instant ended = steps.clock().instant();
        return new RunResult(
                plan.id(),
                plan.pool().id(),
                plan.job().id(),
                started,
                ended,
                outcomes.inputs(plan),
                outcomes.total(plan),
                end.ending(),
                end.failure(),
                remaining,
                logs);
    }
}
