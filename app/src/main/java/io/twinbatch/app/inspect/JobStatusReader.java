package io.twinbatch.app.inspect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.pool.NodeId;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolReader;
import io.twinbatch.api.pool.ResizeError;
import io.twinbatch.api.workflow.watch.LogTail;
import io.twinbatch.api.workflow.watch.NodeDiagnostics;
import io.twinbatch.api.workflow.watch.PoolSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out how jobs are. One that is deleted meanwhile is left out. */
public final class JobStatusReader {
    private static final int SHOWN_TASKS = 5;

    /** Running tasks are listed together with those that wait, of which there may be many. */
    private static final int READ_TASKS = 5_000;

    private final BackendInspector look;

    /** Asks a backend. */
    public JobStatusReader(BackendInspector look) {
        this.look = look;
    }

    /**
     * The jobs, the newest first.
     *
     * @param limit how many at most
     */
    public JobList list(int limit) {
        List<Job> all;
        try (Stream<Job> jobs = look.jobs().list()) {
            all = jobs.sorted(Comparator.comparing(Job::created).reversed()).toList();
        }
        if (all.isEmpty()) {
            return new JobList(List.of(), 0);
        }
        Map<PoolId, Pool> pools;
        try (Stream<Pool> found = look.pools().list()) {
            pools = found.collect(Collectors.toMap(Pool::id, Function.identity(), (first, second) -> second));
        }
        boolean atWork = look.standstill().isEmpty();
        List<JobSummary> shown = all.stream()
                .limit(limit)
                .flatMap(job ->
                        summary(job, Optional.ofNullable(pools.get(job.spec().pool())), atWork).stream())
                .toList();
        return new JobList(shown, Math.max(0, all.size() - limit));
    }

    /**
     * The jobs of several looks, the newest first.
     *
     * @param limit how many at most
     */
    public static JobList list(List<BackendInspector> looks, int limit) {
        List<JobList> lists = looks.stream()
                .map(look -> new JobStatusReader(look).list(limit))
                .toList();
        List<JobSummary> all = lists.stream()
                .flatMap(list -> list.jobs().stream())
                .sorted(Comparator.comparing(
                                (JobSummary summary) -> summary.job().created())
                        .reversed())
                .toList();
        int omitted = lists.stream().mapToInt(JobList::omitted).sum();
        return new JobList(all.stream().limit(limit).toList(), omitted + Math.max(0, all.size() - limit));
    }

    private Optional<JobSummary> summary(Job job, Optional<Pool> pool, boolean atWork) {
        return BatchException.ifFound(() -> look.jobs().counts(job.id()))
                .map(counts -> new JobSummary(job, counts, pool, atWork));
    }

    /** Everything about one job. */
    public JobDetails details(Job job) {
        Optional<Pool> pool = look.pools().find(job.spec().pool());
        TaskCounts counts = look.jobs().counts(job.id());
        List<NodePreparation> preparations =
                job.spec().preparation().isPresent() ? look.jobs().preparations(job.id()) : List.of();
        Optional<PoolSnapshot> snapshot =
                pool.map(found -> new PoolSnapshot(found, nodes(found.id()), failed(preparations)));
        NodeDiagnostics words =
                new NodeDiagnostics(job.spec().pool(), job.id(), new LogTail(look.pools(), look.jobs()));
        return new JobDetails(
                new JobSummary(job, counts, pool, look.standstill().isEmpty()),
                snapshot.map(PoolSnapshot::nodes).orElse(List.<Node>of()),
                snapshot.map(found -> found.pool().resizeErrors()).orElse(List.<ResizeError>of()),
                snapshot.map(words::sentences).orElse(List.<String>of()),
                waiting(job, counts, snapshot),
                preparations,
                counts.running() == 0
                        ? List.of()
                        : tasks(job.id(), TaskFilter.UNFINISHED, JobStatusReader::isOnANode, counts.running()),
                counts.failed() == 0 ? List.of() : tasks(job.id(), TaskFilter.FAILED, task -> true, counts.failed()));
    }

    private List<Node> nodes(PoolId pool) {
        PoolReader pools = look.pools();
        return BatchException.ifFound(() -> pools.nodes(pool)).orElse(List.of());
    }

    private static Map<NodeId, NodePreparation> failed(List<NodePreparation> preparations) {
        return preparations.stream()
                .filter(NodePreparation::hasFailed)
                .collect(Collectors.toMap(NodePreparation::node, Function.identity(), (first, second) -> second));
    }

    private static Optional<String> waiting(Job job, TaskCounts counts, Optional<PoolSnapshot> snapshot) {
        if (job.state() != JobState.ACTIVE || counts.queued() == 0 || counts.running() > 0) {
            return Optional.empty();
        }
        return Optional.of(snapshot.map(PoolSnapshot::waiting)
                .orElse("there is no pool " + job.spec().pool()));
    }

    private static boolean isOnANode(Task task) {
        TaskStatus status = task.status();
        return !status.isQueued() && !status.isFinal();
    }

    private List<Task> tasks(JobId job, TaskFilter filter, Predicate<Task> wanted, int expected) {
        try (Stream<Task> tasks = look.jobs().tasks(job, filter)) {
            return tasks.limit(READ_TASKS)
                    .filter(wanted)
                    .limit(Math.min(SHOWN_TASKS, expected))
                    .toList();
        }
    }
}
