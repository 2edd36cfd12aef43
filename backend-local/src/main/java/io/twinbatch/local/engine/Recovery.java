package io.twinbatch.local.engine;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.local.state.JobOnNode;
import io.twinbatch.local.state.JobPhase;
import io.twinbatch.local.state.JobRecord;
import io.twinbatch.local.state.NodeRecord;
import io.twinbatch.local.state.PoolRecord;
import io.twinbatch.local.state.StoredState;
import io.twinbatch.local.state.TaskHistory.OrderedEnd;
import io.twinbatch.local.state.TaskRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Goes on from what is on disk. No process of the engine before lives any more, so every task that was on a node is
 * queued again, but for those whose end was ordered; what was being removed or ended is brought to its end. A node that was ready and has its folders still is
 * ready again: what its start task needed may be gone by now. Any other starts anew.
 */
final class Recovery {
    private final EngineState state;
    private final NodeControl nodes;
    private final TaskControl tasks;
    private final JobControl jobs;
    private final Clock clock;

    Recovery(EngineState state, NodeControl nodes, TaskControl tasks, JobControl jobs, Clock clock) {
        this.state = state;
        this.nodes = nodes;
        this.tasks = tasks;
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
        stored.schedules().forEach(state::put);
        stored.tasks().stream()
                .sorted(Comparator.comparingLong(TaskRecord::sequence))
                .forEach(this::recover);
        state.jobs().values().forEach(this::recover);
    }

    private void recover(NodeRecord record) {
        PoolEntry pool = state.pool(record.pool());
        if (record.state() == NodeState.LEAVING || record.history().restarting().isPresent()) {
            state.leavingNodes().add(state.addNode(pool, record));
            return;
        }
        if (record.state() == NodeState.IDLE && nodes.hasFolders(record)) {
            state.addNode(pool, record);
            return;
        }
        nodes.start(state.addNode(pool, record.restarted(clock.instant())));
    }

    private void recover(TaskRecord task) {
        state.sequenceSeen(task.sequence());
        JobEntry job = state.job(task.job());
        boolean wasOnNode = !task.status().isFinal() && !JobEntry.isQueued(task);
        if (!wasOnNode) {
            state.put(job, task);
            job.known(task);
            return;
        }
        Optional<OrderedEnd> ordered = task.history().orderedEnd();
        if (ordered.equals(Optional.of(OrderedEnd.DELETION))) {
            state.put(job, task);
            tasks.remove(job, task);
            return;
        }
        Instant now = clock.instant();
        state.put(
                job,
                ordered.isEmpty()
                        ? task.requeued(now)
                        : task.ended(TaskControl.stoppedBecause("it was terminated"), OptionalInt.empty(), now));
    }

    private void recover(JobEntry job) {
        List<JobOnNode> known = job.record().nodes().stream()
                .filter(on -> on.preparation().ended().isPresent())
                .toList();
        if (known.size() < job.record().nodes().size()) {
            // What was running runs no more, and is begun anew where tasks need it.
            state.update(job, job.record().with(known));
        }
        for (TaskRecord task : job.tasks().values()) {
            if (JobEntry.isQueued(task)) {
                job.enqueue(task);
            }
        }
        if (job.record().state() == JobPhase.TERMINATING || job.record().state() == JobPhase.DELETING) {
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
