package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.local.engine.model.EngineState;
import io.twinbatch.local.engine.model.JobEntry;
import io.twinbatch.local.engine.model.NodeEntry;
import io.twinbatch.local.engine.model.PoolEntry;
import io.twinbatch.local.node.EndReason;
import io.twinbatch.local.node.WorkOutcome;
import io.twinbatch.local.record.JobOnNode;
import io.twinbatch.local.record.JobPhase;
import io.twinbatch.local.record.JobRecord;
import io.twinbatch.local.record.NodeRecord;
import io.twinbatch.local.record.PoolRecord;
import io.twinbatch.local.record.TaskRecord;
import io.twinbatch.local.store.ChangeSet;
import io.twinbatch.local.store.StoredState;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/**
 * Goes on from what is on disk. No process of the engine before lives any more, so every task that was on a node is
 * queued again, but for those whose end was ordered; what was being removed or ended is brought to its end. A node that was ready and has its folders still is
 * ready again: what its start task needed may be gone by now. Any other starts anew.
 */
final class Recovery {
    private final EngineState state;
    private final NodeControl nodes;
    private final TaskProgress progress;
    private final JobControl jobs;
    private final Clock clock;

    Recovery(EngineState state, NodeControl nodes, TaskProgress progress, JobControl jobs, Clock clock) {
        this.state = state;
        this.nodes = nodes;
        this.progress = progress;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Takes the records over, and changes those that cannot stay as they are.
     *
     * @return the records that do stay; they are on disk already
     */
    ChangeSet recover(StoredState stored) {
        takeOver(stored);
        ChangeSet asStored = state.takeChanges();
        goOn();
        return asStored.except(state.changes());
    }

    private void takeOver(StoredState stored) {
        stored.pools().stream()
                .sorted(Comparator.comparing(PoolRecord::created))
                .forEach(state::addPool);
        stored.nodes().forEach(node -> state.addNode(state.pool(node.pool()), node));
        stored.jobs().stream()
                .sorted(Comparator.comparingLong(JobRecord::sequence))
                .forEach(job -> {
                    state.sequenceSeen(job.sequence());
                    state.addJob(job);
                });
        stored.schedules().forEach(state::put);
        stored.tasks().stream()
                .sorted(Comparator.comparingLong(TaskRecord::sequence))
                .forEach(task -> {
                    state.sequenceSeen(task.sequence());
                    state.put(state.job(task.job()), task);
                });
    }

    private void goOn() {
        for (PoolEntry pool : List.copyOf(state.pools().values())) {
            List.copyOf(pool.nodes().values()).forEach(this::recover);
            if (pool.state() != PoolState.STEADY) {
                state.movingPools().add(pool);
            }
        }
        state.jobs().values().forEach(this::recover);
    }

    private void recover(NodeEntry node) {
        NodeRecord record = node.record();
        if (record.state() == NodeState.LEAVING || record.history().restarting().isPresent()) {
            state.leavingNodes().add(node);
            return;
        }
        if (record.history().creating()) {
            nodes.arrive(node);
            return;
        }
        if (record.state() == NodeState.IDLE && nodes.hasFolders(record)) {
            return;
        }
        state.update(node, record.restarted(clock.instant()));
        nodes.start(node);
    }

    private void recover(JobEntry job, TaskRecord task) {
        boolean wasOnNode = !task.status().isFinal() && !JobEntry.isQueued(task);
        if (!wasOnNode) {
            return;
        }
        WorkOutcome cutOff = new WorkOutcome.Ended(EndReason.REQUEUED);
        TaskTransition transition = TaskTransition.after(job.record(), task, cutOff);
        if (transition instanceof TaskTransition.Remove) {
            progress.remove(job, task);
        } else if (transition instanceof TaskTransition.Finish finish) {
            put(job, task, finish);
        } else {
            state.put(job, task.requeued(clock.instant()));
        }
    }

    private void put(JobEntry job, TaskRecord task, TaskTransition.Finish finish) {
        state.put(job, task.ended(finish.ending(), finish.exitCode(), clock.instant()));
    }

    private void recover(JobEntry job) {
        List<JobOnNode> known = job.record().nodes().stream()
                .filter(on -> on.preparation().ended().isPresent())
                .toList();
        if (known.size() < job.record().nodes().size()) {
            // What was running runs no more, and is begun anew where tasks need it.
            state.update(job, job.record().with(known));
        }
        List.copyOf(job.tasks().values()).forEach(task -> recover(job, task));
        job.tasks().values().forEach(job::known);
        job.tasks().values().stream().filter(JobEntry::isQueued).forEach(job::enqueue);
        if (job.record().state() == JobPhase.TERMINATING || job.record().state() == JobPhase.DELETING) {
            interrupted(job);
        } else {
            jobs.watchTimeLimit(job);
        }
    }

    private void interrupted(JobEntry job) {
        for (TaskRecord task : List.copyOf(job.tasks().values())) {
            if (task.status() instanceof TaskStatus.Requeued) {
                put(job, task, TaskTransition.Finish.terminated("its job was ended"));
            }
        }
        state.endingJobs().add(job);
    }
}
