package io.twinbatch.api.workflow;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.stage.CreatedResources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The opening of a run that was cut off: makes up for what is missing, and does nothing twice.
 *
 * @param continuation what remains of the run
 * @param steps the steps
 * @param events hears of what happens
 * @param runner does the steps
 */
record ResumeStart(ResumePlan continuation, WorkflowSteps steps, RunEvents events, StepRunner runner)
        implements JobStart {
    @Override
    public Opened open(CreatedResources owned) throws InterruptedException {
        RunPlan plan = continuation.plan();
        runner.cancellation().check();
        plan.containers().all().forEach(owned::addContainer);
        owned.askedForJob();
        events.publish(new RunEvent.Resumed(continuation));
        boolean begun = continuation.until().isPresent();
        if (begun) {
            owned.created(Resource.JOB, plan.job().id().value());
        }
        RunRecord record = begun ? continuation.record() : replaceFormerJob(owned);
        Optional<TaskCounts> counts =
                begun ? Optional.of(steps.queue().counts(plan.job().id())) : Optional.empty();
        if (counts.isPresent() && isOver(plan, counts.get())) {
            // Nothing is left to be run, only to be fetched.
            steps.poolPreparation().adopt(plan, owned);
        } else {
            runner.run(Step.POOL, () -> steps.poolPreparation().goOn(plan, owned, events));
        }
        if (!begun) {
            runner.run(Step.JOB, () -> steps.submission().createJob(plan, owned, events));
        }
        // Submitting is harmless for the tasks that are there already.
        boolean missing =
                continuation.openTasks() > counts.map(TaskCounts::total).orElse(0);
        if (missing) {
            runner.run(Step.TASKS, () -> steps.submission().submit(plan, continuation.finished(), events));
        }
        Deadline deadline = deadline(plan.request().limits().timeLimit());
        boolean totalBegun =
                begun && plan.total().isPresent() && isBegun(plan.total().get());
        return new Opened(continuation.openTasks(), deadline.remaining(), deadline, totalBegun, record.contents());
    }

    @Override
    public boolean canBeTriedAgain() {
        return true;
    }

    private boolean isOver(RunPlan plan, TaskCounts counts) {
        return counts.completed() == counts.total()
                && counts.total() >= continuation.openTasks()
                && plan.total().map(this::isBegun).orElse(true);
    }

    private boolean isBegun(RunPlan.PlannedTotal total) {
        TaskKey key = new TaskKey(continuation.plan().job().id(), total.id());
        return steps.queue().task(key).isPresent();
    }

    /**
     * The job is deleted before its record: a client that dies in between finds a record without a job. What the
     * store has lost comes back before another job is to read it.
     */
    private RunRecord replaceFormerJob(CreatedResources owned) throws InterruptedException {
        continuation.former().ifPresent(this::end);
        RunRecord record =
                continuation.record().withContents(steps.staging().restore(continuation.plan(), owned, events));
        steps.records().write(record);
        return record;
    }

    private void end(JobId job) {
        if (continuation.plan().request().keepJob()) {
            steps.queue().terminate(job);
        } else {
            boolean ignored = steps.queue().delete(job);
        }
    }

    /** Tasks whose URLs have expired cannot read and write any more. */
    private Deadline deadline(Duration limit) {
        Instant end = steps.clock().instant().plus(limit);
        Instant until = continuation.until().orElse(end);
        return new Deadline(steps.clock(), until.isBefore(end) ? until : end);
    }
}
