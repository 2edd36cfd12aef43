package io.twinbatch.api.workflow;

import io.twinbatch.api.job.JobQueue;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.time.Waiter;
import java.time.Clock;

/**
 * The steps of a run, made from what a workflow was given.
 *
 * @param store where files are staged
 * @param pools where nodes come from
 * @param queue where tasks are run
 * @param clock tells the time
 * @param waiter passes the time between two looks at the tasks
 * @param transfers how many files are transferred at once
 */
record Steps(ObjectStore store, ComputePool pools, JobQueue queue, Clock clock, Waiter waiter, Transfers transfers) {
    Staging staging() {
        return new Staging(store, transfers, clock);
    }

    RunRecords records() {
        return new RunRecords(store);
    }

    Resumption resumption() {
        return new Resumption(store, staging(), pools, queue, clock);
    }

    PoolPreparation poolPreparation() {
        return new PoolPreparation(pools, clock);
    }

    TaskSubmission submission() {
        return new TaskSubmission(store, queue, clock);
    }

    TaskFailures failures(RunPlan plan, Events events) {
        return new TaskFailures(plan.job().id(), plan.containers().output(), queue, logs(), events);
    }

    Watch watch(RunPlan plan, TaskFailures failures, Cancellation cancellation, Events events) {
        PoolWatch pool = new PoolWatch(plan, this, events);
        Outage outage = new Outage(clock, events);
        return new Watch(plan.job().id(), queue, pool, failures, waiter, outage, cancellation, events);
    }

    TaskEndings endings(RunPlan plan, TaskFailures failures) {
        return new TaskEndings(plan.job().id(), queue, failures);
    }

    OutputCollection collection() {
        return new OutputCollection(store, transfers);
    }

    RunEnd ending(RunPlan plan, Owned owned, Events events) {
        Cleanup cleanup = new Cleanup(store, pools, queue, RunTimes.CLEANUP);
        return new RunEnd(plan, owned, cleanup, clock, events);
    }

    LogTail logs() {
        return new LogTail(store, pools, queue);
    }
}
