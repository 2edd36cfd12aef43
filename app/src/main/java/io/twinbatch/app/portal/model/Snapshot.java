package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.pool.PoolId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backend at one moment.
 *
 * @param taken when it was taken
 * @param jobs the newest jobs, the newest first
 * @param omittedJobs how many older jobs there are
 * @param pools the pools with their nodes, by id
 * @param departed jobs that have been deleted since the portal was started, the newest first
 * @param standstill why nothing at all runs there; empty when it is at work
 */
public record Snapshot(
        Instant taken,
        List<PortalJob> jobs,
        int omittedJobs,
        List<PortalPool> pools,
        List<DepartedJob> departed,
        Optional<String> standstill) {
    private static final int FAILURES = 10;

    /** What was never seen. */
    static final Snapshot NOTHING = new Snapshot(Instant.EPOCH, List.of(), 0, List.of(), List.of(), Optional.empty());

    public Snapshot {
        jobs = List.copyOf(jobs);
        pools = List.copyOf(pools);
        departed = List.copyOf(departed);
    }

    /** A job; of two of that id the one that is at work. */
    public Optional<PortalJob> job(JobId id) {
        return jobs.stream().filter(job -> job.id().equals(id)).min(Comparator.comparing(job -> !job.isActive()));
    }

    /** A pool; of two of that id the one with nodes. */
    public Optional<PortalPool> pool(PoolId id) {
        return pools.stream()
                .filter(pool -> pool.pool().id().equals(id))
                .max(Comparator.comparing(pool -> pool.nodes().size()));
    }

    /** The pool of a job. */
    public Optional<PortalPool> poolOf(Job job) {
        return pool(job.spec().pool());
    }

    /** The latest failures of all jobs, the newest first. */
    public List<Task> failures() {
        return jobs.stream()
                .flatMap(job -> job.failures().stream())
                .sorted(newestFirst())
                .limit(FAILURES)
                .toList();
    }

    /** The last that ended first. */
    public static Comparator<Task> newestFirst() {
        return Comparator.comparing((Task task) -> task.ended().orElse(Instant.EPOCH))
                .reversed();
    }

    /** The jobs that are at work. */
    public List<PortalJob> active() {
        return jobs.stream().filter(PortalJob::isActive).toList();
    }

    /** The jobs that are at work; the newest one when none is. */
    public List<PortalJob> shown() {
        List<PortalJob> active = active();
        return active.isEmpty() ? jobs.stream().limit(1).toList() : active;
    }

    /** A sum over the jobs that are at work, or over all pools. */
    public int busyNodes() {
        return pools.stream().mapToInt(PortalPool::busy).sum();
    }

    /** How many nodes wait for tasks. */
    public int idleNodes() {
        return pools.stream().mapToInt(PortalPool::idle).sum();
    }

    /** How many nodes there are. */
    public int nodes() {
        return pools.stream().mapToInt(pool -> pool.nodes().size()).sum();
    }

    /** The pools that a provider charges for. */
    public Stream<PortalPool> billing() {
        return pools.stream().filter(PortalPool::bills);
    }
}
