package io.twinbatch.api.workflow;

import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.collect.LogDownload;
import io.twinbatch.api.workflow.collect.OutputCollection;
import io.twinbatch.api.workflow.model.Cancellation;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.resume.ResumePlanner;
import io.twinbatch.api.workflow.resume.RunRecords;
import io.twinbatch.api.workflow.stage.CreatedResources;
import io.twinbatch.api.workflow.stage.PoolPreparation;
import io.twinbatch.api.workflow.stage.Staging;
import io.twinbatch.api.workflow.stage.StoredLogs;
import io.twinbatch.api.workflow.stage.TaskSubmission;
import io.twinbatch.api.workflow.stage.Transfers;
import io.twinbatch.api.workflow.watch.LogTail;
import io.twinbatch.api.workflow.watch.PoolWatch;
import io.twinbatch.api.workflow.watch.ProviderOutage;
import io.twinbatch.api.workflow.watch.TaskFailures;
import io.twinbatch.api.workflow.watch.TaskResults;
import io.twinbatch.api.workflow.watch.Watch;
import java.time.Clock;
import java.time.Duration;

/**
 * The steps of a run, made from what a workflow was given.
 *
 * @param store where files are staged
 * @param pools where nodes come from
 * @param queue where tasks are run
 * @param clock gives the time
 * @param waiter waits between two polls of the tasks
 * @param transfers how many files are transferred at once
 * @param cleanup how long the removal of what a run created may take
 */
public record WorkflowSteps(
        ObjectStore store,
        ComputePool pools,
        JobQueue queue,
        Clock clock,
        Waiter waiter,
        Transfers transfers,
        Duration cleanup) {
    Staging staging() {
        return new Staging(store, transfers, clock);
    }

    RunRecords records() {
        return new RunRecords(store);
    }

    ResumePlanner resumption() {
        return new ResumePlanner(store, staging(), pools, queue, clock);
    }

    PoolPreparation poolPreparation() {
        return new PoolPreparation(pools, clock);
    }

    TaskSubmission submission() {
        return new TaskSubmission(store, queue, clock);
    }

    TaskFailures failures(RunPlan plan, RunEvents events) {
        return new TaskFailures(plan.job().id(), plan.containers().output(), queue, logs(), events);
    }

    Watch watch(RunPlan plan, TaskFailures failures, Cancellation cancellation, RunEvents events) {
        PoolWatch pool = new PoolWatch(plan, pools, queue, logs(), clock, events);
        ProviderOutage outage = new ProviderOutage(clock, events);
        return new Watch(plan.job().id(), queue, pool, failures, waiter, outage, cancellation, events);
    }

    TaskResults endings(RunPlan plan, TaskFailures failures) {
        return new TaskResults(plan.job().id(), queue, failures);
    }

    OutputCollection collection() {
        return new OutputCollection(store, transfers);
    }

    LogDownload logDownload() {
        return new LogDownload(queue, new StoredLogs(store), transfers);
    }

    RunCleanup ending(RunPlan plan, CreatedResources owned, RunEvents events) {
        ResourceDeletion deletion = new ResourceDeletion(store, pools, queue, cleanup);
        return new RunCleanup(plan, owned, deletion, clock, events);
    }

    public LogTail logs() {
        return new LogTail(store, pools, queue);
    }
}
