package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.app.page.StatesChart;
import io.twinbatch.app.portal.model.JobCharts;
import io.twinbatch.app.portal.model.Observation;
import io.twinbatch.app.portal.model.PortalJob;
import io.twinbatch.app.portal.model.PortalPool;
import io.twinbatch.app.portal.model.Snapshot;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.PageRoutes;
import java.util.List;
import java.util.Optional;

/** The overview, and the list of jobs. */
public final class OverviewPages {
    private final PortalBackend backend;
    private final PageRenderer renderer;

    OverviewPages(PortalBackend backend, PageRenderer renderer) {
        this.backend = backend;
        this.renderer = renderer;
    }

    void register(PageRoutes routes) {
        routes.get("/", (request, names) -> overview());
        routes.get("/jobs", (request, names) -> jobs());
    }

    /**
     * What the overview shows.
     *
     * @param snapshot the backend
     * @param active the jobs that are at work
     * @param counts the tasks of the jobs at work, or of the newest job when there is none
     * @param perMinute how many tasks end in a minute
     * @param states the tasks of the newest of these jobs over time; empty when there is none, or its tasks are too many
     *     to be listed at once
     * @param statesOf the job of that chart
     * @param billing the pools that cost money where nodes do
     */
    public record Overview(
            Snapshot snapshot,
            List<PortalJob> active,
            TaskCounts counts,
            double perMinute,
            Optional<StatesChart> states,
            Optional<PortalJob> statesOf,
            List<PortalPool> billing) {}

    /** The overview as it is now. */
    Answer overview() {
        Observation observation = backend.snapshots().get();
        Snapshot snapshot = observation.snapshot();
        List<PortalJob> active = snapshot.active();
        List<PortalJob> shown = snapshot.shown();
        TaskCounts counts = new TaskCounts(
                shown.stream().mapToInt(job -> job.counts().queued()).sum(),
                shown.stream().mapToInt(job -> job.counts().running()).sum(),
                shown.stream().mapToInt(job -> job.counts().succeeded()).sum(),
                shown.stream().mapToInt(job -> job.counts().failed()).sum());
        Optional<PortalJob> drawn = shown.stream()
                .filter(job -> job.counts().total() > 0
                        && job.counts().total() <= job.look().tasksPerLook())
                .findFirst();
        Overview overview = new Overview(
                snapshot,
                active,
                counts,
                active.stream().mapToDouble(job -> job.progress().perMinute()).sum(),
                drawn.flatMap(this::states),
                drawn,
                snapshot.billing().toList());
        return renderer.page("overview", backend.frame("Overview", Section.OVERVIEW, List.of(), observation), overview);
    }

    /** The chart is not worth a page that fails: the job may have been deleted a moment ago. */
    private Optional<StatesChart> states(PortalJob job) {
        try {
            return backend.listings().drawn(job).charts().map(JobCharts::states);
        } catch (BatchException e) {
            return Optional.empty();
        }
    }

    private Answer jobs() {
        Observation observation = backend.snapshots().get();
        return renderer.page(
                "jobs", backend.frame("Jobs", Section.JOBS, List.of(), observation), observation.snapshot());
    }
}
