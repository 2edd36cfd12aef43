package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.NodeRecord;
import io.twinbatch.local.state.PoolRecord;
import io.twinbatch.local.state.StoredState;
import io.twinbatch.local.state.TaskRecord;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Goes on from what is on disk. No process of the engine before lives any more, so every task that was on a node is
 * queued again; what was being removed or ended is brought to its end. A node that was ready and has its folders still is
 * ready again: what its start task needed may be gone by now. Any other starts anew.
 */
final class Recovery {
    private final EngineState state;
    private final PoolControl pools;
    private final JobControl jobs;
    private final Clock clock;

    Recovery(EngineState state, PoolControl pools, JobControl jobs, Clock clock) {
        this.state = state;
        this.pools = pools;
        this.jobs = jobs;
        this.clock = clock;
    }

    void recover(StoredState stored) {
        stored.pools().stream()
                .sorted(Comparator.comparing(PoolRecord::created))
                .forEach(state::addPool);
        stored.nodes().forEach(this::recover);
        List.copyOf(state.pools().values()).stream()
                .filter(pool -> pool.record().deleting() && pool.nodes().isEmpty())
                .forEach(state::remove);
        stored.jobs().stream()
                .sorted(Comparator.comparingLong(JobRecord::sequence))
                .forEach(record -> {
                    state.sequenceSeen(record.sequence());
                    state.addJob(record);
                });
        stored.tasks().stream()
                .sorted(Comparator.comparingLong(TaskRecord::sequence))
                .forEach(this::recover);
        state.jobs().values().forEach(this::recover);
    }

    private void recover(NodeRecord record) {
        PoolEntry pool = state.pool(record.pool());
        if (record.state() == NodeState.LEAVING) {
            state.leavingNodes().add(state.addNode(pool, record));
            return;
        }
        if (record.state() == NodeState.IDLE && pools.hasFolders(record)) {
            state.addNode(pool, record);
            return;
        }
        NodeRecord restarted = new NodeRecord(
                record.pool(), record.id(), record.dedicated(), NodeState.STARTING, clock.instant(), Optional.empty());
        pools.startNode(state.addNode(pool, restarted));
    }

    private void recover(TaskRecord task) {
        state.sequenceSeen(task.sequence());
        JobEntry job = state.job(task.job());
        boolean wasOnNode = !task.status().isFinal() && !JobEntry.isQueued(task);
        state.put(job, wasOnNode ? task.requeued() : task);
    }

    private void recover(JobEntry job) {
        for (TaskRecord task : job.tasks().values()) {
            if (JobEntry.isQueued(task)) {
                job.enqueue(task);
            }
        }
        if (job.record().state() == JobState.TERMINATING || job.record().state() == JobState.DELETING) {
            interrupted(job);
        } else {
            jobs.watchTimeLimit(job);
        }
    }

    private void interrupted(JobEntry job) {
        for (TaskRecord task : List.copyOf(job.tasks().values())) {
            if (task.status() instanceof TaskStatus.Requeued) {
                state.put(
                        job,
                        task.ended(
                                TaskControl.stoppedBecause("its job was ended"), OptionalInt.empty(), clock.instant()));
            }
        }
        state.endingJobs().add(job);
    }
}
