package io.twinbatch.app.cli;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.pool.StartTaskResult;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunTags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Jobs at a backend that only pretends: one of a run, with tasks in all states, and one of no run. */
final class LookFixture {
    static final RunId RUN = new RunId("20261122-095500-bbbb");
    static final JobId JOB = RUN.job();
    static final NodeId NODE = new NodeId("tvm-1-d");
    static final NodeId OTHER = new NodeId("tvm-2-d");

    private final FakeInspector look;
    private final Instant now;

    LookFixture(AppFixture app) {
        look = app.look;
        now = app.clock.instant();
    }

    static TaskKey key(String task) {
        return new TaskKey(JOB, task);
    }

    void fill() {
        RunTags tags = new RunTags(RUN, Optional.of(AppFixture.OWNER), Optional.of(now.plusSeconds(4500)));
        putJob(JOB, tags.toMetadata(), JobState.ACTIVE, now.minusSeconds(300));
        putJob(new JobId("hello"), Map.of(), JobState.COMPLETED, now.minusSeconds(7200));
        look.counts.put(JOB, new TaskCounts(2, 1, 1, 1));
        PoolSpec spec = PoolSpec.of(RUN.pool(), 2);
        look.pools.put(RUN.pool(), new Pool(spec, PoolState.STEADY, 2, 0, now.minusSeconds(290), List.of()));
        StartTaskResult broken = new StartTaskResult(
                now.minusSeconds(200),
                Optional.of(now.minusSeconds(190)),
                OptionalInt.of(7),
                Optional.of(FailureInfo.of("FailureExitCode", "it said no")),
                0);
        look.nodes.put(
                RUN.pool(),
                List.of(
                        new Node(NODE, NodeState.RUNNING, now.minusSeconds(60), true, 1, Optional.empty()),
                        new Node(
                                OTHER,
                                NodeState.START_TASK_FAILED,
                                now.minusSeconds(190),
                                true,
                                0,
                                Optional.of(broken))));
        put("topNtask0", new TaskStatus.Succeeded(), Optional.of(NODE), 0, 0);
        put("topNtask1", new TaskStatus.Failed(3), Optional.of(NODE), 2, 0);
        put("topNtask2", new TaskStatus.Running(), Optional.of(NODE), 0, 1);
        put("topNtask3", new TaskStatus.Queued(), Optional.empty(), 0, 0);
        put("topNtask4", new TaskStatus.Queued(), Optional.empty(), 0, 0);
    }

    void putJob(JobId id, Map<String, String> metadata, JobState state, Instant created) {
        Optional<Instant> ended = state == JobState.COMPLETED ? Optional.of(created.plusSeconds(10)) : Optional.empty();
        look.jobs.put(
                id,
                new Job(
                        JobSpec.of(id, RUN.pool()).withMetadata(metadata),
                        state,
                        created,
                        ended,
                        ended.map(time -> "UserTerminate")));
    }

    void put(String task, TaskStatus status, Optional<NodeId> node, int retries, int requeues) {
        look.put(new Task(
                key(task),
                status,
                node,
                now.minusSeconds(250),
                node.map(on -> now.minusSeconds(30 - retries - requeues)),
                status.isFinal() ? Optional.of(now) : Optional.empty(),
                OptionalInt.empty(),
                retries,
                requeues));
    }
}
