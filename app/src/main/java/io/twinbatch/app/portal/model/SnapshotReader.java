package io.twinbatch.app.portal.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.pool.Pool;
import io.twinbatch.app.inspect.BackendInspector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes snapshots. What cannot change any more, such as the counts of a job that has ended, is not asked for again. Used by
 * one thread at a time.
 */
final class SnapshotReader {
    private static final int JOBS = 50;
    private static final int FAILURES_PER_JOB = 10;
    private static final int DEPARTED = 10;

    /** The rate is that of the last minutes. */
    private static final Duration WINDOW = Duration.ofMinutes(3);

    private final Supplier<List<BackendInspector>> looks;
    private final Map<Key, TaskCounts> ended = new HashMap<>();
    private final Map<Key, Failures> failures = new HashMap<>();
    private final Map<Key, Deque<Sample>> samples = new HashMap<>();
    private final Deque<DepartedJob> departed = new ArrayDeque<>();
    private List<PortalJob> last = List.of();

    /** A job of that id can be at several places, and be made anew. */
    private record Key(JobId job, Instant created) {
        static Key of(Job job) {
            return new Key(job.id(), job.created());
        }
    }

    private record Failures(int count, List<Task> latest) {}

    private record Sample(Instant time, int completed) {}

    private record Place(BackendInspector look, boolean atWork, Job job) {}

    SnapshotReader(Supplier<List<BackendInspector>> looks) {
        this.looks = looks;
    }

    /**
     * Takes one.
     *
     * @throws BatchException when the backend cannot be asked
     */
    Snapshot read(Instant now) {
        List<BackendInspector> places = looks.get();
        places.forEach(BackendInspector::refresh);
        List<Place> all = new ArrayList<>();
        List<PortalPool> pools = new ArrayList<>();
        List<String> standstills = new ArrayList<>();
        for (BackendInspector look : places) {
            Optional<String> standstill = look.standstill();
            standstill.ifPresent(standstills::add);
            try (Stream<Job> jobs = look.jobs().list()) {
                jobs.forEach(job -> all.add(new Place(look, standstill.isEmpty(), job)));
            }
            pools.addAll(pools(look));
        }
        all.sort(Comparator.comparing((Place place) -> place.job().created()).reversed());
        List<PortalJob> jobs = all.stream()
                .limit(JOBS)
                .flatMap(place -> view(place, now).stream())
                .toList();
        forget(all, jobs, now);
        pools.sort(Comparator.comparing(view -> view.pool().id().value()));
        Optional<String> standstill =
                standstills.size() == places.size() ? standstills.stream().findFirst() : Optional.empty();
        return new Snapshot(now, jobs, Math.max(0, all.size() - JOBS), pools, List.copyOf(departed), standstill);
    }

    private static List<PortalPool> pools(BackendInspector look) {
        List<Pool> found;
        try (Stream<Pool> pools = look.pools().list()) {
            found = pools.toList();
        }
        return found.stream()
                .flatMap(
                        pool -> BatchException.ifFound(() -> look.pools().nodes(pool.id()))
                                .map(nodes -> new PortalPool(look, pool, nodes))
                                .stream())
                .toList();
    }

    private Optional<PortalJob> view(Place place, Instant now) {
        Job job = place.job();
        Key key = Key.of(job);
        TaskCounts known = ended.get(key);
        Optional<TaskCounts> asked = known != null
                ? Optional.of(known)
                : BatchException.ifFound(() -> place.look().jobs().counts(job.id()));
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        TaskCounts counts = asked.get();
        if (job.state() == JobState.COMPLETED && counts.running() == 0) {
            ended.put(key, counts);
        }
        boolean atWork = place.atWork();
        JobProgress progress =
                job.state() == JobState.ACTIVE && atWork ? progress(key, job, counts, now) : JobProgress.UNKNOWN;
        return Optional.of(new PortalJob(place.look(), job, counts, failures(place, key, counts), progress, atWork));
    }

    private JobProgress progress(Key key, Job job, TaskCounts counts, Instant now) {
        Deque<Sample> seen = samples.computeIfAbsent(key, any -> new ArrayDeque<>());
        if (seen.isEmpty()) {
            seen.add(new Sample(job.created(), 0));
        }
        seen.add(new Sample(now, counts.completed()));
        while (seen.size() > 2 && Duration.between(second(seen).time(), now).compareTo(WINDOW) > 0) {
            seen.removeFirst();
        }
        return JobProgress.between(seen.getFirst().time(), seen.getFirst().completed(), now, counts);
    }

    private static Sample second(Deque<Sample> samples) {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }

    private List<Task> failures(Place place, Key key, TaskCounts counts) {
        if (counts.failed() == 0) {
            return List.of();
        }
        Failures known = failures.get(key);
        if (known == null || known.count() != counts.failed()) {
            BackendInspector look = place.look();
            List<Task> latest = BatchException.ifFound(() -> {
                        try (Stream<Task> tasks = look.jobs().tasks(place.job().id(), TaskFilter.FAILED)) {
                            return tasks.limit(look.tasksPerLook())
                                    .sorted(Snapshot.newestFirst())
                                    .limit(FAILURES_PER_JOB)
                                    .toList();
                        }
                    })
                    .orElse(List.of());
            known = new Failures(counts.failed(), latest);
            failures.put(key, known);
        }
        return known.latest();
    }

    /** Notes which jobs are gone, and drops what was kept of those that are not shown. */
    private void forget(List<Place> all, List<PortalJob> jobs, Instant now) {
        Set<Key> there = all.stream().map(place -> Key.of(place.job())).collect(Collectors.toSet());
        Set<Key> present = jobs.stream().map(view -> Key.of(view.job())).collect(Collectors.toSet());
        for (PortalJob before : last) {
            if (!there.contains(Key.of(before.job()))) {
                departed.addFirst(new DepartedJob(before, now));
            }
        }
        while (departed.size() > DEPARTED) {
            departed.removeLast();
        }
        last = jobs;
        ended.keySet().retainAll(present);
        failures.keySet().retainAll(present);
        samples.keySet().retainAll(present);
    }
}
