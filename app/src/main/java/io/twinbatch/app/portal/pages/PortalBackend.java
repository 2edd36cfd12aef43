package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.portal.model.ObjectReader;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.PortalJob;
import io.twinbatch.app.portal.model.PortalPool;
import io.twinbatch.app.portal.model.SharedSnapshot;
import io.twinbatch.app.portal.model.TaskListings;
import io.twinbatch.app.portal.pages.Frame.Crumb;
import io.twinbatch.app.portal.pages.Frame.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all pages read from.
 *
 * @param where the backend, in a few words
 * @param snapshots the shared snapshot
 * @param listings the listings of tasks
 * @param objects reads objects
 * @param looks the places where jobs are
 */
record PortalBackend(
        String where,
        SharedSnapshot snapshots,
        TaskListings listings,
        ObjectReader objects,
        Supplier<List<BackendInspector>> looks) {
    /** A frame of a page that changes by itself. */
    Frame frame(String title, Section section, List<Crumb> crumbs, Observation observation) {
        return new Frame(title, section, crumbs, where, Optional.of(observation), true);
    }

    /**
     * A job.
     *
     * @throws BatchException {@code NOT_FOUND} when there is none
     */
    PortalJob job(Observation observation, String id) {
        JobId job = new JobId(id);
        return observation.snapshot().job(job).orElseThrow(() -> missing(observation, "job " + id, true));
    }

    /**
     * A pool.
     *
     * @throws BatchException {@code NOT_FOUND} when there is none
     */
    PortalPool pool(Observation observation, String id) {
        PoolId pool = new PoolId(id);
        return observation.snapshot().pool(pool).orElseThrow(() -> missing(observation, "pool " + id, false));
    }

    private static BatchException missing(Observation observation, String what, boolean job) {
        if (observation.outage().isPresent()) {
            return new BatchException(
                    ErrorCode.UNAVAILABLE, what, observation.outage().get().reason());
        }
        String end = job
                ? "a run deletes its job when it ends, unless it was started with --keep-job; the report of a run is"
                        + " among the finished runs"
                : "a run deletes its pool when it ends, unless it was started with --keep-pool";
        return new BatchException(ErrorCode.NOT_FOUND, what, "it is not there; " + end);
    }
}
