package io.twinbatch.local.engine.host;

import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.node.InjectedFault;
import io.twinbatch.local.record.NodeRecord;
import java.util.Optional;

/**
 * What a plan has in store for a task on a node.
 *
 * @param faults the plan
 * @param node where the task runs
 * @param task the task
 */
record TaskFaultInjection(FaultPlan faults, NodeRecord node, TaskKey task) implements InjectedFault {
    @Override
    public void delay() throws InterruptedException {
        Sleeper.REAL.sleep(faults.delay(node.pool(), node.id(), task));
    }

    @Override
    public Optional<FailureInfo> uploadFailure() {
        return faults.uploadFailure(node.pool(), node.id(), task);
    }
}
