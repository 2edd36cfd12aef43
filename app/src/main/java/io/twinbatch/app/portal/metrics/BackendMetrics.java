package io.twinbatch.app.portal.metrics;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.PortalJob;
import io.twinbatch.app.portal.model.PortalPool;
import io.twinbatch.app.portal.model.TaskListings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the numbers of a backend. They are those of the shared snapshot, so that a scrape costs what an open page costs. */
public final class BackendMetrics {
    /** The content type of the format. */
    public static final String CONTENT_TYPE = OpenMetricsTextFormatWriter.CONTENT_TYPE;

    /** Of how many jobs, the newest that are at work first, durations are counted: their tasks have to be listed. */
    private static final int JOBS_WITH_DURATIONS = 3;

    private final TaskListings listings;

    /** Reads the durations of tasks from these listings. */
    public BackendMetrics(TaskListings listings) {
        this.listings = listings;
    }

    /** Writes what is known of a backend. */
    public void write(Observation observation, OutputStream out) throws IOException {
        OpenMetricsTextFormatWriter.builder().build().write(out, metrics(observation));
    }

    private MetricSnapshots metrics(Observation observation) {
        List<PortalJob> jobs = observation.snapshot().jobs();
        List<PortalPool> pools = observation.snapshot().pools();
        Map<String, List<Task>> listed = listed(jobs);
        return MetricSnapshots.builder()
                .metricSnapshot(GaugeSnapshot.builder()
                        .name("twinbatch_backend_up")
                        .help("Whether the backend answers: 1 or 0")
                        .dataPoint(value(Labels.EMPTY, observation.outage().isPresent() ? 0 : 1))
                        .build())
                .metricSnapshot(queue(observation))
                .metricSnapshot(tasks(jobs))
                .metricSnapshot(nodes(pools))
                .metricSnapshot(slots(pools, "twinbatch_slots", "Slots of the nodes of a pool", PortalPool::slots))
                .metricSnapshot(
                        slots(pools, "twinbatch_slots_busy", "Slots of a pool that run a task", PortalPool::busySlots))
                .metricSnapshot(durations(
                        listed,
                        "twinbatch_task_duration_seconds",
                        "Durations of the last attempts of tasks that have ended",
                        Task::duration))
                .metricSnapshot(durations(
                        listed,
                        "twinbatch_task_wait_seconds",
                        "Times from the submission of tasks to the start of their last attempts",
                        Task::queueTime))
                .build();
    }

    private static GaugeDataPointSnapshot value(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static GaugeSnapshot queue(Observation observation) {
        int queued = observation.snapshot().active().stream()
                .mapToInt(job -> job.counts().queued())
                .sum();
        return GaugeSnapshot.builder()
                .name("twinbatch_queue_length")
                .help("Tasks of the jobs at work that wait for a node or for other tasks")
                .dataPoint(value(Labels.EMPTY, queued))
                .build();
    }

    private static GaugeSnapshot tasks(List<PortalJob> jobs) {
        GaugeSnapshot.Builder metric =
                GaugeSnapshot.builder().name("twinbatch_tasks").help("Tasks of a job by state");
        distinct(jobs)
                .forEach((id, job) -> Map.of(
                                "queued", job.counts().queued(),
                                "running", job.counts().running(),
                                "succeeded", job.counts().succeeded(),
                                "failed", job.counts().failed())
                        .forEach((state, count) ->
                                metric.dataPoint(value(Labels.of("job", id, "state", state), count))));
        return metric.build();
    }

    /** Jobs at several places can have one id, and a metric has one value for each set of labels. */
    private static Map<String, PortalJob> distinct(List<PortalJob> jobs) {
        return jobs.stream()
                .collect(Collectors.toMap(job -> job.id().value(), Function.identity(), (first, second) -> first));
    }

    private static Map<String, PortalPool> distinctPools(List<PortalPool> pools) {
        return pools.stream()
                .collect(Collectors.toMap(
                        view -> view.pool().id().value(), Function.identity(), (first, second) -> first));
    }

    private static GaugeSnapshot nodes(List<PortalPool> pools) {
        GaugeSnapshot.Builder metric =
                GaugeSnapshot.builder().name("twinbatch_nodes").help("Nodes of a pool by state");
        distinctPools(pools).forEach((id, view) -> {
            for (NodeState state : NodeState.values()) {
                double count = (double) view.nodes().stream()
                        .filter(node -> node.state() == state)
                        .count();
                metric.dataPoint(
                        value(Labels.of("pool", id, "state", state.name().toLowerCase(Locale.ROOT)), count));
            }
        });
        return metric.build();
    }

    private static GaugeSnapshot slots(
            List<PortalPool> pools, String name, String help, Function<PortalPool, Integer> count) {
        GaugeSnapshot.Builder metric = GaugeSnapshot.builder().name(name).help(help);
        distinctPools(pools).forEach((id, view) -> metric.dataPoint(value(Labels.of("pool", id), count.apply(view))));
        return metric.build();
    }

    private static HistogramSnapshot durations(
            Map<String, List<Task>> listed, String name, String help, Function<Task, Optional<Duration>> duration) {
        HistogramSnapshot.Builder metric =
                HistogramSnapshot.builder().name(name).help(help);
        listed.forEach((id, tasks) -> {
            DurationBuckets buckets = DurationBuckets.of(
                    tasks.stream().map(duration).flatMap(Optional::stream).toList());
            metric.dataPoint(HistogramDataPointSnapshot.builder()
                    .labels(Labels.of("job", id))
                    .classicHistogramBuckets(buckets.toBuckets())
                    .sum(buckets.sum())
                    .build());
        });
        return metric.build();
    }

    /** The tasks of the jobs whose durations are counted. */
    private Map<String, List<Task>> listed(List<PortalJob> jobs) {
        Map<String, List<Task>> listed = new LinkedHashMap<>();
        distinct(jobs.stream()
                        .filter(PortalJob::isActive)
                        .limit(JOBS_WITH_DURATIONS)
                        .toList())
                .forEach((id, job) -> listed.put(id, listed(job)));
        return listed;
    }

    /** None when they cannot be listed now; the other numbers are worth an answer. */
    private List<Task> listed(PortalJob job) {
        try {
            return listings.of(job).byId();
        } catch (BatchException e) {
            return List.of();
        }
    }
}
