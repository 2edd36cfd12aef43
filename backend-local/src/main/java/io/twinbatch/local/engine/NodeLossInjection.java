package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskKey;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.faults.FaultPlan;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has nodes get lost on purpose when a task has been placed on them. */
final class NodeLossInjection {
    private final FaultPlan faults;
    private final NodeControl nodes;
    private final EngineLoop loop;
    private final ScheduledExecutorService timer;

    NodeLossInjection(FaultPlan faults, NodeControl nodes, EngineLoop loop, ScheduledExecutorService timer) {
        this.faults = faults;
        this.nodes = nodes;
        this.loop = loop;
        this.timer = timer;
    }

    /** A task has been placed on a node. */
    void placed(NodeEntry node, TaskKey task) {
        faults.loss(node.record().pool(), node.record().id(), task).ifPresent(loss -> {
            // The future only serves to cancel; a node that is gone by then is left alone.
            var unused = timer.schedule(
                    () -> loop.post(() -> nodes.lose(node, loss.preempted())),
                    loss.after().toMillis(),
                    TimeUnit.MILLISECONDS);
        });
    }
}
