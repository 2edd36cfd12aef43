package io.twinbatch.local.engine;

import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.JobPreparation;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.PoolEntry;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.util.Comparator;
import java.util.List;

/**
 * Places queued tasks on nodes. Jobs of a higher priority come first, then older ones; within a job, tasks go in the
 * order of their submission; among the nodes with room the one with the most room is taken. The first task in line that
 * could run on a node but finds none with room holds back those behind it, so that a task of many slots is not passed by
 * small ones without end, and one of many nodes not by those of one. A task that takes more slots than the pool's nodes
 * have, or more nodes than the pool has, waits for another pool of that id or for further nodes, and holds back nobody.
 */
final class Scheduler {
    private static final Comparator<JobEntry> ORDER = Comparator.comparingInt(
                    (JobEntry job) -> -job.record().spec().priority())
            .thenComparingLong(job -> job.record().sequence());

    private final EngineState state;
    private final TaskControl tasks;
    private final NodeLossInjection losses;

    Scheduler(EngineState state, TaskControl tasks, NodeLossInjection losses) {
        this.state = state;
        this.tasks = tasks;
        this.losses = losses;
    }

    /** Places all tasks that can run now. */
    void placeTasks() {
        for (PoolEntry pool : state.pools().values()) {
            boolean room = pool.nodes().values().stream().anyMatch(node -> node.takesTasks() && node.freeSlots() > 0);
            if (room) {
                placeTasks(pool);
            }
        }
    }

    private void placeTasks(PoolEntry pool) {
        List<JobEntry> jobs = state.jobs().values().stream()
                .filter(JobEntry::isActive)
                .filter(job -> RecordKeys.of(job.record().spec().pool()).equals(RecordKeys.of(pool.id())))
                .sorted(ORDER)
                .toList();
        for (JobEntry job : jobs) {
            if (!placeTasks(pool, job)) {
                return;
            }
        }
    }

    /** Places tasks of a job; false when its first task holds back those of further jobs. */
    private boolean placeTasks(PoolEntry pool, JobEntry job) {
        while (job.hasLine() && job.record().rules().allowsBeside(job.assigned())) {
            List<NodeEntry> able = pool.nodes().values().stream()
                    .filter(NodeEntry::takesTasks)
                    .filter(node -> !couldNotPrepare(node, job))
                    .toList();
            if (able.isEmpty()) {
                return true;
            }
            TaskRecord task = job.firstReady(queued -> fits(queued, pool.record(), able.size()));
            if (task == null) {
                return true;
            }
            List<NodeEntry> chosen = able.stream()
                    .filter(node -> node.freeSlots() >= task.spec().requiredSlots())
                    .sorted(Comparator.comparingInt(NodeEntry::freeSlots).reversed())
                    .limit(task.rules().instances())
                    .toList();
            if (chosen.size() < task.rules().instances()) {
                return false;
            }
            job.take(task);
            tasks.place(chosen, job, task);
            chosen.forEach(node -> losses.placed(node, task.key()));
        }
        return true;
    }

    /** Whether a task could run when all these nodes had nothing else to do. */
    private static boolean fits(TaskRecord task, PoolRecord pool, int nodes) {
        if (task.rules().multiInstance().isPresent()) {
            return pool.runsMultiInstanceTasks() && task.rules().instances() <= nodes;
        }
        return task.spec().requiredSlots() <= pool.spec().slotsPerNode();
    }

    private static boolean couldNotPrepare(NodeEntry node, JobEntry job) {
        JobPreparation preparation = node.preparations().get(job.key());
        return preparation != null && preparation.state() == JobPreparation.State.FAILED;
    }
}
