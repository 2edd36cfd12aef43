package io.twinbatch.local.engine;

import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.JobPreparation;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.PoolEntry;
import io.twinbatch.local.record.RecordKeys;
import io.twinbatch.local.record.TaskRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Places queued tasks on nodes. Jobs of a higher priority come first, then older ones; within a job, tasks go in the
 * order of their submission; among the nodes with room the one with the most room is taken. The first task in line that
 * could run on a node but finds none with room holds back those behind it, so that a task of many slots is not passed by
 * small ones for ever. A task that takes more slots than the pool's nodes have waits for another pool of that id, and
 * holds back nobody.
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
        while (job.record().rules().allowsBeside(job.assigned())) {
            TaskRecord task = job.firstReady(pool.record().spec().slotsPerNode());
            if (task == null) {
                return true;
            }
            int slots = task.spec().requiredSlots();
            List<NodeEntry> able = pool.nodes().values().stream()
                    .filter(NodeEntry::takesTasks)
                    .filter(node -> !couldNotPrepare(node, job))
                    .toList();
            if (able.isEmpty()) {
                return true;
            }
            Optional<NodeEntry> node = able.stream()
                    .filter(candidate -> candidate.freeSlots() >= slots)
                    .max(Comparator.comparingInt(NodeEntry::freeSlots));
            if (node.isEmpty()) {
                return false;
            }
            job.take(task);
            tasks.place(node.get(), job, task);
            losses.placed(node.get(), task.key());
        }
        return true;
    }

    private static boolean couldNotPrepare(NodeEntry node, JobEntry job) {
        JobPreparation preparation = node.preparations().get(job.key());
        return preparation != null && preparation.state() == JobPreparation.State.FAILED;
    }
}
