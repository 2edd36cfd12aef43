package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.workflow.model.RunPlan;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at how the job's preparation task went. */
final class PreparationWatch {
    private final JobId job;
    private final boolean prepares;
    private final JobReader queue;

    PreparationWatch(RunPlan plan, JobReader queue) {
        this.job = plan.job().id();
        this.prepares = plan.job().preparation().isPresent();
        this.queue = queue;
    }

    /**
     * The nodes on which it failed. Asks only while tasks wait, since nothing else can be waiting for a node: a task
     * whose node could not be prepared is queued again.
     */
    Map<NodeId, NodePreparation> failed(TaskCounts counts) {
        if (!prepares || counts.queued() == 0) {
            return Map.of();
        }
        return queue.preparations(job).stream()
                .filter(NodePreparation::hasFailed)
                .collect(Collectors.toMap(NodePreparation::node, Function.identity(), (first, second) -> second));
    }
}
