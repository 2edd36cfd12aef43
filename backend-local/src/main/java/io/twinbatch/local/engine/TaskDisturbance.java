package io.twinbatch.local.engine;

import io.twinbatch.api.job.FailureInfo;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.local.faults.FaultPlan;
import io.twinbatch.local.node.Disturbance;
import io.twinbatch.local.state.NodeRecord;
import java.util.Optional;

/**
 * What a plan has in store for a task on a node.
 *
 * @param faults the plan
 * @param node where the task runs
 * @param task the task
 */
record TaskDisturbance(FaultPlan faults, NodeRecord node, TaskKey task) implements Disturbance {
    @Override
    public void delay() throws InterruptedException {
        Sleeper.REAL.sleep(faults.delay(node.pool(), node.id(), task));
    }

    @Override
    public Optional<FailureInfo> uploadFailure() {
        return faults.uploadFailure(node.pool(), node.id(), task);
    }
}
