package io.twinbatch.api.workflow.watch;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobReader;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.pool.ComputePool;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.pool.PoolState;
import io.twinbatch.api.workflow.model.RunEvent.NodesObserved;
import io.twinbatch.api.workflow.model.RunEvent.NodesReady;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.stage.NodeLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Observes the pool of a run: reports how many nodes are ready, warns of what keeps nodes from running tasks, reports what
 * is being waited for, renews the lease of the nodes, and says when no node is going to run the waiting tasks. One poll
 * is two requests, and one more while tasks wait.
 */
public final class PoolWatch {
    /** Between an order and the first nodes a pool may seem empty and at rest. */
    static final Duration EMPTY_GRACE = Duration.ofSeconds(30);

    /** How long the provider may be out of contact with all the nodes that are left. */
    static final Duration LOST_GRACE = Duration.ofMinutes(10);

    private final PoolId id;
    private final PoolReader pools;
    private final PreparationWatch preparations;
    private final NodeDiagnostics words;
    private final NodeProblemReporter problems;
    private final ResizeErrors resizeErrors;
    private final NodeLease lease;
    private final StallReporter waiting;
    private final Clock clock;
    private final RunEvents events;
    private Instant emptySince;
    private Instant lostSince;
    private boolean allTakenAway;
    private int lastReady = -1;

    public PoolWatch(RunPlan plan, ComputePool pools, JobReader jobs, LogTail logs, Clock clock, RunEvents events) {
        this.id = plan.pool().id();
        this.pools = pools;
        this.preparations = new PreparationWatch(plan, jobs);
        this.words = new NodeDiagnostics(id, plan.job().id(), logs);
        this.problems = new NodeProblemReporter(words, events);
        this.resizeErrors = new ResizeErrors(plan.id(), events);
        this.lease = new NodeLease(pools, clock, events);
        this.waiting = new StallReporter(clock, events);
        this.clock = clock;
        this.events = events;
    }

    /**
     * Looks once.
     *
     * @param counts how many of the job's tasks are where
     * @return why no waiting task is ever going to run, when that is so
     */
    Optional<BatchException> poll(TaskCounts counts) {
        Optional<Pool> found = pools.find(id);
        if (found.isEmpty() || found.get().state() == PoolState.DELETING) {
            return Optional.of(failure(ErrorCode.CONFLICT, "it was deleted while tasks waited"));
        }
        lease.renewWhenDue(found.get());
        PoolSnapshot snapshot = new PoolSnapshot(found.get(), nodes(), preparations.failed(counts));
        events.publish(new NodesObserved(snapshot.nodes()));
        reportReadyNodes(snapshot);
        problems.tell(snapshot);
        resizeErrors.tell(snapshot);
        reportPreemption(snapshot);
        waiting.poll(counts, snapshot);
        return snapshot.nodes().isEmpty() ? hopelessWhenEmpty(snapshot) : hopeless(snapshot);
    }

    private List<Node> nodes() {
        return BatchException.ifFound(() -> pools.nodes(id)).orElse(List.of());
    }

    private void reportReadyNodes(PoolSnapshot snapshot) {
        int ready = snapshot.ready();
        if (ready != lastReady) {
            lastReady = ready;
            events.publish(new NodesReady(ready, snapshot.target()));
        }
    }

    /** A pool of spot nodes fills itself again when the provider has room. */
    private void reportPreemption(PoolSnapshot snapshot) {
        Set<NodeProblem> found = EnumSet.noneOf(NodeProblem.class);
        snapshot.nodes().forEach(node -> snapshot.problem(node).ifPresent(found::add));
        boolean now = found.contains(NodeProblem.TAKEN_AWAY)
                && snapshot.nodes().stream()
                        .allMatch(node -> snapshot.problem(node).isPresent());
        if (now && !allTakenAway) {
            events.warn(
                    "pool " + id + " has no node left that runs tasks, because its spot nodes were taken away."
                            + " The tasks wait until the provider has room again or the time limit is reached; to go on sooner, stop this run, and run it again on dedicated nodes or another size");
        }
        allTakenAway = now;
    }

    private Optional<BatchException> hopeless(PoolSnapshot snapshot) {
        emptySince = null;
        List<Node> nodes = snapshot.nodes();
        boolean mayRecover = nodes.stream()
                .map(snapshot::problem)
                .anyMatch(problem -> problem.isEmpty() || problem.get() == NodeProblem.TAKEN_AWAY);
        if (!snapshot.isComplete() || mayRecover) {
            lostSince = null;
            return Optional.empty();
        }
        Node example = nodes.stream()
                .min(Comparator.comparing(node -> snapshot.problem(node).orElseThrow()))
                .orElseThrow();
        boolean someAreLost =
                nodes.stream().anyMatch(node -> snapshot.problem(node).equals(Optional.of(NodeProblem.LOST)));
        if (someAreLost && !hasLasted(LOST_GRACE)) {
            return Optional.empty();
        }
        String which = nodes.size() == 1 ? "its only node" : "none of its " + nodes.size() + " nodes";
        String verb = nodes.size() == 1 ? " runs no tasks: " : " runs tasks; for example node " + example.id() + ": ";
        return Optional.of(failure(ErrorCode.CONFLICT, which + verb + words.describe(example, snapshot)));
    }

    private boolean hasLasted(Duration grace) {
        if (lostSince == null) {
            lostSince = clock.instant();
        }
        return Duration.between(lostSince, clock.instant()).compareTo(grace) >= 0;
    }

    private Optional<BatchException> hopelessWhenEmpty(PoolSnapshot snapshot) {
        Pool pool = snapshot.pool();
        boolean fillsItself = !(pool.spec().idlePolicy() instanceof IdlePolicy.Keep);
        if (!snapshot.isSteady() || (fillsItself && pool.resizeErrors().isEmpty())) {
            emptySince = null;
            return Optional.empty();
        }
        if (!pool.resizeErrors().isEmpty()) {
            return Optional.of(resizeErrors.noNodes(pool));
        }
        if (emptySince == null) {
            emptySince = clock.instant();
        }
        boolean longEnough = Duration.between(emptySince, clock.instant()).compareTo(EMPTY_GRACE) >= 0;
        return longEnough
                ? Optional.of(failure(ErrorCode.UNAVAILABLE, "it has lost all its nodes while tasks wait"))
                : Optional.empty();
    }

    private BatchException failure(ErrorCode code, String message) {
        return new BatchException(code, "pool " + id, message);
    }
}
