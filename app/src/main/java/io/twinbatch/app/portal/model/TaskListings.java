package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The listings of the jobs that somebody has looked at lately; of few, so that memory is bounded. */
public final class TaskListings {
    private static final int KEPT = 3;

    private final Clock clock;
    private final Map<Key, TaskListing> byJob = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TaskListing> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(JobId job, Instant created) {}

    /**
     * Tasks of a job.
     *
     * @param byId the tasks that are known, by id
     * @param complete whether these are all
     */
    public record Listed(List<Task> byId, boolean complete) {}

    /**
     * Tasks of a job, drawn.
     *
     * @param tasks the tasks
     * @param charts all that are known
     */
    public record Drawn(Listed tasks, JobCharts charts) {}

    /** Listings that are read when somebody looks. */
    public TaskListings(Clock clock) {
        this.clock = clock;
    }

    /**
     * The tasks of a job, at most about a second old, as far as they could be listed.
     *
     * @throws io.twinbatch.api.error.BatchException when the backend cannot be asked
     */
    public Listed of(PortalJob job) {
        TaskListing listing = listing(job);
        synchronized (listing) {
            return listing.tasks(job);
        }
    }

    /**
     * The tasks of a job as {@link #of} lists them, and drawn. Many tasks take a while to draw.
     *
     * @throws io.twinbatch.api.error.BatchException when the backend cannot be asked
     */
    public Drawn drawn(PortalJob job) {
        TaskListing listing = listing(job);
        synchronized (listing) {
            return new Drawn(listing.tasks(job), listing.charts());
        }
    }

    private synchronized TaskListing listing(PortalJob job) {
        return byJob.computeIfAbsent(new Key(job.id(), job.job().created()), any -> new TaskListing(clock));
    }
}
