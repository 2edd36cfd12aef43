package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Task;
import io.twinbatch.app.portal.model.TaskListings.Listed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The charts of the tasks of one job. Those of many tasks take a while and change little from one second to the next: they
 * are drawn rarely, and while pages show the last ones. Used under a lock.
 */
final class ChartDrawing {
    private static final Logger LOG = LoggerFactory.getLogger(ChartDrawing.class);

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration RARELY = Duration.ofSeconds(5);

    /** How many tasks are drawn while a page waits. */
    static final int FEW = 5_000;

    private final Clock clock;
    private final Executor worker;
    private Instant begun = Instant.EPOCH;
    private CompletableFuture<Void> drawing = CompletableFuture.completedFuture(null);
    private volatile Optional<Drawing> latest = Optional.empty();

    private record Drawing(List<Task> tasks, JobCharts charts) {}

    /**
     * Nothing is drawn yet.
     *
     * @param worker draws many tasks
     */
    ChartDrawing(Clock clock, Executor worker) {
        this.clock = clock;
        this.worker = worker;
    }

    /** The charts of some tasks, or the last ones; empty while many are drawn for the first time. */
    Optional<JobCharts> of(Listed tasks) {
        boolean many = tasks.byId().size() > FEW;
        Instant now = clock.instant();
        boolean due = !now.isBefore(begun.plus(many ? RARELY : FRESH)) || now.isBefore(begun);
        if (latest.isEmpty() || (due && !isOverAndDrawn(tasks))) {
            if (!many) {
                draw(tasks.byId(), now);
            } else if (drawing.isDone()) {
                drawing = CompletableFuture.runAsync(() -> draw(tasks.byId(), now), worker)
                        .exceptionally(ChartDrawing::log);
            }
            begun = now;
        }
        return latest.map(Drawing::charts);
    }

    private void draw(List<Task> tasks, Instant now) {
        latest = Optional.of(new Drawing(tasks, JobCharts.of(tasks, now)));
    }

    private static Void log(Throwable failure) {
        LOG.warn("The charts of a job could not be drawn", failure);
        return null;
    }

    private boolean isOverAndDrawn(Listed tasks) {
        return tasks.complete()
                && latest.map(Drawing::tasks)
                        .filter(drawn -> drawn == tasks.byId())
                        .isPresent()
                && tasks.byId().stream().allMatch(task -> task.status().isFinal());
    }
}
