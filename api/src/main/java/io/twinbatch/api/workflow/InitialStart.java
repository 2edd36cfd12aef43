package io.twinbatch.api.workflow;

import io.twinbatch.api.time.Deadline;
import io.twinbatch.api.workflow.model.RunEvent.Step;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.stage.CreatedResources;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The opening of a run that begins.
 *
 * @param plan the plan
 * @param steps the steps
 * @param events hears of what happens
 * @param runner does the steps
 */
record InitialStart(RunPlan plan, WorkflowSteps steps, RunEvents events, StepRunner runner) implements JobStart {
    @Override
    public Opened open(CreatedResources owned) throws InterruptedException {
        runner.cancellation().check();
        steps.poolPreparation().refuseMisfit(plan);
        steps.submission().refuseExisting(plan);
        runner.run(Step.CONTAINERS, () -> steps.staging().createContainers(plan, owned, events));
        Map<String, String> contents = runner.get(Step.UPLOAD, this::upload);
        runner.run(Step.POOL, () -> steps.poolPreparation().prepare(plan, owned, events));
        runner.run(Step.JOB, () -> steps.submission().createJob(plan, owned, events));
        runner.run(Step.TASKS, () -> steps.submission().submit(plan, Set.of(), events));
        Duration limit = plan.request().limits().timeLimit();
        return new Opened(plan.tasks().size(), limit, Deadline.after(steps.clock(), limit), false, contents);
    }

    @Override
    public boolean canBeTriedAgain() {
        return false;
    }

    /** The run can be resumed as soon as everything exists that its tasks need. */
    private Map<String, String> upload() throws InterruptedException {
        Map<String, String> contents = steps.staging().upload(plan, events);
        steps.records().write(RunRecord.of(plan, contents));
        return contents;
    }
}
