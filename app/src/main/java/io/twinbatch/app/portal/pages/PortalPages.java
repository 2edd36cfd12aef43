package io.twinbatch.app.portal.pages;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.proxy.ProxyChoice;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.page.PageStyle;
import io.twinbatch.app.portal.metrics.BackendMetrics;
import io.twinbatch.app.portal.model.ObjectReader;
import io.twinbatch.app.portal.model.SharedSnapshot;
import io.twinbatch.app.portal.model.TaskListings;
import io.twinbatch.app.portal.pages.Frame.Section;
import io.twinbatch.app.portal.server.Answer;
import io.twinbatch.app.portal.server.FailurePage;
import io.twinbatch.app.portal.server.PageRoutes;
import io.twinbatch.app.runreport.ReportIndex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pages of the portal, and the files that they use. */
public final class PortalPages implements FailurePage, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortalPages.class);

    private final PageRenderer renderer = new PageRenderer();
    private final PortalBackend backend;
    private final PortalActions actions;
    private final OverviewPages overview;
    private final JobPages jobs;
    private final ReportIndex reports;

    /**
     * The pages of a backend.
     *
     * @param where the backend, in a few words
     * @param looks the places where its jobs are, as they are now
     * @param allowActions whether pages change it
     * @param reports the reports of finished runs
     */
    public PortalPages(
            String where,
            Supplier<List<BackendInspector>> looks,
            Clock clock,
            boolean allowActions,
            ReportIndex reports) {
        this.backend = new PortalBackend(
                where,
                new SharedSnapshot(looks, clock),
                new TaskListings(clock),
                new ObjectReader(ProxyChoice.ofProcess()),
                looks);
        this.reports = reports;
        this.actions = new PortalActions(backend, allowActions);
        this.overview = new OverviewPages(backend, renderer);
        this.jobs = new JobPages(backend, actions, renderer);
    }

    /** Reads and renders the overview and the page of the job that it shows, which costs what opening them costs. */
    public void prepare() {
        try {
            Answer unused = overview.overview();
            backend.snapshots().get().snapshot().shown().stream().findFirst().ifPresent(jobs::prepare);
        } catch (BatchException e) {
            LOG.debug("The first pages could not be prepared: {}", e.getMessage());
        }
    }

    /** The addresses of all pages. */
    public PageRoutes routes() {
        PageRoutes routes = new PageRoutes();
        overview.register(routes);
        jobs.register(routes);
        new TaskPages(backend, actions, renderer).register(routes);
        new PoolPages(backend, actions, renderer).register(routes);
        new RunPages(backend, renderer, reports).register(routes);
        new ObjectPages(backend, renderer).register(routes);
        new ActionPages(backend, actions, renderer, this).register(routes);
        BackendMetrics metrics = new BackendMetrics(backend.listings());
        routes.get(
                "/metrics",
                (request, names) -> new Answer(
                        200,
                        BackendMetrics.CONTENT_TYPE,
                        Map.of(),
                        out -> metrics.write(backend.snapshots().get(), out)));
        String style = PageStyle.load().text();
        String script = script();
        routes.get("/assets/page.css", (request, names) -> Answer.of(200, "text/css; charset=utf-8", style));
        routes.get("/assets/portal.js", (request, names) -> Answer.of(200, "text/javascript; charset=utf-8", script));
        return routes;
    }

    private static String script() {
        try (InputStream in = PortalPages.class.getResourceAsStream("portal.js")) {
            return new String(Objects.requireNonNull(in, "portal.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the script of the portal cannot be read", e);
        }
    }

    /**
     * What the page of a failure shows.
     *
     * @param title what happened
     * @param message what to do
     */
    public record Problem(String title, String message) {}

    @Override
    public Answer of(int status, String title, String message) {
        boolean live = status == 503;
        Frame frame = new Frame(title, Section.OVERVIEW, List.of(), backend.where(), Optional.empty(), live);
        return renderer.page(status, "failure", frame, new Problem(title, message));
    }

    /** The next page shows what is so then. */
    public void expire() {
        backend.snapshots().expire();
    }

    /** Asks the backend nothing more. */
    @Override
    public void close() {
        backend.snapshots().close();
        backend.listings().close();
    }
}
