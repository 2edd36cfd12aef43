package io.twinbatch.app.portal.model;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tasks of one job, listed anew while somebody looks. A look lists no more tasks than its backend allows, so that it
 * costs a constant number of requests: a long list is read over several looks, and what is shown of it meanwhile is what
 * was read before, with what is new. Used under a lock.
 */
final class TaskListing {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Clock clock;
    private List<Task> byId = List.of();
    private boolean complete;
    private TaskCounts countsThen;
    private Instant looked = Instant.EPOCH;
    private Duration rest = FRESH;
    private Stream<Task> open;
    private Iterator<Task> rows;
    private final List<Task> reading = new ArrayList<>();

    TaskListing(Clock clock) {
        this.clock = clock;
    }

    /** The tasks as far as they are known. */
    TaskListings.Listed tasks(PortalJob job) {
        Instant now = clock.instant();
        boolean changed =
                !complete || !job.counts().equals(countsThen) || job.counts().running() > 0;
        boolean due = !now.isBefore(looked.plus(rest)) || now.isBefore(looked);
        if (rows != null || (changed && due)) {
            looked = now;
            long start = System.nanoTime();
            read(job);
            Duration took = Duration.ofNanos(System.nanoTime() - start).multipliedBy(2);
            rest = took.compareTo(FRESH) > 0 ? took : FRESH;
        }
        return new TaskListings.Listed(byId, complete);
    }

    private void read(PortalJob job) {
        if (rows == null) {
            countsThen = job.counts();
            reading.clear();
            open = job.look().jobs().tasks(job.id(), TaskFilter.ALL);
            rows = open.iterator();
        }
        boolean whole = false;
        try {
            int left = job.look().tasksPerLook();
            while (left > 0 && rows.hasNext()) {
                reading.add(rows.next());
                left--;
            }
            // Whether there is one more may take a request more.
            whole = left > 0;
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        if (whole) {
            byId = sorted(reading);
            complete = true;
            stop();
        } else if (!complete || reading.size() > byId.size()) {
            byId = sorted(reading);
        } else {
            byId = merged(byId, reading);
        }
    }

    private static List<Task> sorted(List<Task> tasks) {
        return tasks.stream().sorted(TaskOrder.BY_ID).toList();
    }

    private static List<Task> merged(List<Task> before, List<Task> news) {
        Map<String, Task> byId = new HashMap<>();
        before.forEach(task -> byId.put(task.key().task(), task));
        news.forEach(task -> byId.put(task.key().task(), task));
        return sorted(List.copyOf(byId.values()));
    }

    private void stop() {
        open.close();
        open = null;
        rows = null;
        reading.clear();
    }
}
