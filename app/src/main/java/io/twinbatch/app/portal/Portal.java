package io.twinbatch.app.portal;

import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.portal.pages.PortalPages;
import io.twinbatch.app.portal.server.PortalServer;
import io.twinbatch.app.portal.server.ServerOptions;
import io.twinbatch.app.runreport.ReportIndex;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** The portal while it is open. */
public final class Portal implements AutoCloseable {
    private final PortalServer server;
    private final PortalPages pages;

    private Portal(PortalServer server, PortalPages pages) {
        this.server = server;
        this.pages = pages;
    }

    /**
     * Opens it.
     *
     * @param where the backend, in a few words
     * @param looks the places where its jobs are, as they are now
     * @param actions whether pages change the backend
     * @param reports the reports of finished runs
     * @throws io.twinbatch.app.exit.UsageException when it cannot listen where it is to
     */
    public static Portal open(
            ServerOptions options,
            String where,
            Supplier<List<BackendInspector>> looks,
            Clock clock,
            boolean actions,
            ReportIndex reports) {
        PortalServer server = PortalServer.listen(options);
        PortalPages pages = new PortalPages(where, looks, clock, actions, reports);
        server.serve(pages.routes(), pages, options);
        return new Portal(server, pages);
    }

    /** Its address, with the token that opens it. */
    public URI address() {
        return server.addressWithToken();
    }

    /** Reads and renders in the background what is opened first, so that the first page does not wait for it. */
    public void prepare() {
        Thread thread = new Thread(pages::prepare, "twinbatch-portal-first-pages");
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets open pages show how the work has ended, and ends it. */
    public void closeAfterLastLook() {
        pages.expire();
        try {
            server.awaitLastLook();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        server.close();
        pages.close();
    }
}
