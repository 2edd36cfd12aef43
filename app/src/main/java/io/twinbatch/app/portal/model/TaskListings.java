package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The listings of the jobs that somebody has looked at lately; of few, so that memory is bounded. */
public final class TaskListings implements AutoCloseable {
    private static final int KEPT = 3;

    private final Clock clock;
    private final ExecutorService worker = BackgroundWorker.named("charts");
    private final Map<Key, Shown> byJob = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Shown> eldest) {
            return size() > KEPT;
        }
    };

    private record Key(JobId job, Instant created) {}

    private record Shown(TaskListing listing, ChartDrawing charts) {}

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
     * @param charts all that are known, a few seconds ago; empty while many are drawn for the first time
     */
    public record Drawn(Listed tasks, Optional<JobCharts> charts) {}

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
        Shown shown = shown(job);
        synchronized (shown) {
            return shown.listing().tasks(job);
        }
    }

    /**
     * The tasks of a job as {@link #of} lists them, and drawn.
     *
     * @throws io.twinbatch.api.error.BatchException when the backend cannot be asked
     */
    public Drawn drawn(PortalJob job) {
        Shown shown = shown(job);
        synchronized (shown) {
            Listed tasks = shown.listing().tasks(job);
            return new Drawn(tasks, shown.charts().of(tasks));
        }
    }

    private synchronized Shown shown(PortalJob job) {
        return byJob.computeIfAbsent(
                new Key(job.id(), job.job().created()),
                any -> new Shown(new TaskListing(clock), new ChartDrawing(clock, worker)));
    }

    /** Draws nothing more. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
